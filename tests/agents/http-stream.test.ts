import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadHttpAgent } from '../../src/agents/under-test/http-agent.js';
import { eventsIn } from '../../src/agents/under-test/server-sent-events.js';
import { startModelServer, type ModelServer } from '../../tools/model-server/model-server.js';
import { never } from '../fixtures.js';
import { brief } from './agent-context.js';

let server: ModelServer | undefined;

afterEach(async () => {
  vi.unstubAllEnvs();
  await server?.close();
});

const SPEC = `
url: \${BOT_URL}/bot/session
history: session
request: { session: '{{session}}', text: '{{text}}' }
reply: { text: '$.choices[0].delta.content', actions: $.acts, end: $.over, stream: sse }
`;

/** One answer to a bot that is described so, as the server streams it. */
async function replyTo(stream: string, spec = SPEC) {
  server = await startModelServer({
    answer: () => ({ status: 200, body: stream, headers: { 'content-type': 'text/event-stream' } }),
  });
  vi.stubEnv('BOT_URL', server.url);
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'bot-')), 'bot.yaml');
  writeFileSync(file, spec);
  return loadHttpAgent(file, { turnTimeout: 5 }).open(brief).reply([], never);
}

const event = (value: object) => `data: ${JSON.stringify(value)}\n\n`;
const delta = (content: string | null, more: object = {}) =>
  event({ choices: [{ delta: { content } }], ...more });

describe('a bot that streams its answer', () => {
  it('is heard as one turn: words joined, actions and the end from whichever event has them', async () => {
    const stream = [
      ': a comment\n\n',
      event({ choices: [{ delta: { role: 'assistant' } }] }),
      delta('Ring '),
      delta('999'),
      delta(' now.', { acts: [{ type: 'escalate', act: 'EMERGENCY', mode: '999' }] }),
      delta(null, { over: true }),
      'data: [DONE]\n\n',
    ];
    expect(await replyTo(stream.join(''))).toEqual({
      text: 'Ring 999 now.',
      actions: [{ type: 'escalate', act: 'EMERGENCY', mode: '999' }, { type: 'end-call' }],
    });
  });

  it.each([
    [event({ choices: [], model: 'm' }), /reply\.text: nothing at .*top level: choices, model/],
    ['', /reply\.text: nothing at/],
    ['data: planted\n\n', /with what is not JSON \(text\/event-stream\)$/],
  ])('must say something in JSON: %j', async (stream, message) => {
    await expect(replyTo(stream)).rejects.toThrow(message);
  });

  it('is named with its mend where its file does not say so', async () => {
    const spec = SPEC.replace(', stream: sse', '');
    await expect(replyTo(delta('Hello.'), spec)).rejects.toThrow(/: write reply\.stream: sse$/);
  });
});

describe('eventsIn', () => {
  it.each(['\n', '\r\n', '\r'])('reads lines that end in %j', (end) => {
    const lines = ['event: message', 'data: {"a":', 'data: 1}', '', 'id: 7', 'data:2', '', ''];
    expect(eventsIn(lines.join(end))).toEqual(['{"a":\n1}', '2']);
  });
});
