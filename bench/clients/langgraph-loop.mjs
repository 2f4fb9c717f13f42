// The same calls as sdk-loop, each a node of a LangGraph state machine, as a tutorial would write it.
import { Annotation, END, START, StateGraph } from '@langchain/langgraph';
import OpenAI from 'openai';
import { callsOf, inParallel } from './dialogues.mjs';

const { URL: baseURL, DIALOGUES, CONCURRENCY } = process.env;
const client = new OpenAI({ apiKey: 'any', baseURL: `${baseURL}/v1`, maxRetries: 0 });
const calls = callsOf();
const State = Annotation.Root({
  turns: Annotation({ reducer: (_, next) => next, default: () => [] }),
});
const graph = new StateGraph(State)
  .addNode('call', async ({ turns }) => {
    const body = calls[turns.length](turns);
    const answer = await client.chat.completions.create(body);
    return { turns: [...turns, answer.choices[0].message.content ?? ''] };
  })
  .addEdge(START, 'call')
  .addConditionalEdges('call', ({ turns }) => (turns.length < calls.length ? 'call' : END), [
    'call',
    END,
  ])
  .compile();

await inParallel(Number(DIALOGUES), Number(CONCURRENCY), () =>
  graph.invoke({ turns: [] }, { recursionLimit: calls.length + 2 }),
);
