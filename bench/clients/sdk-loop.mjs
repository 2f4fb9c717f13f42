// The bare minimum over the same SDK with its own transport: twelve chat calls a dialogue, then a review
// and a judge's call; nothing is checked, kept or retried.
import OpenAI from 'openai';
import { callsOf, inParallel } from './dialogues.mjs';

const { URL: baseURL, DIALOGUES, CONCURRENCY } = process.env;
const client = new OpenAI({ apiKey: 'any', baseURL: `${baseURL}/v1`, maxRetries: 0 });
const ask = async (body) =>
  (await client.chat.completions.create(body)).choices[0].message.content ?? '';

await inParallel(Number(DIALOGUES), Number(CONCURRENCY), async () => {
  const turns = [];
  for (const makeBody of callsOf()) turns.push(await ask(makeBody(turns)));
});
