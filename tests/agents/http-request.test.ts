import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadHttpAgent } from '../../src/agents/under-test/http-agent.js';
import { startModelServer, type ModelServer } from '../../tools/model-server/model-server.js';
import { dialogue, never, scenario } from '../fixtures.js';
import { brief } from './agent-context.js';

let server: ModelServer | undefined;

afterEach(async () => {
  vi.unstubAllEnvs();
  await server?.close();
  server = undefined;
});

/** Serves these answers, the last one over and over. */
async function answering(...bodies: object[]): Promise<ModelServer> {
  let next = 0;
  server = await startModelServer({
    keepRequests: true,
    answer: () => ({ status: 200, body: bodies[next++] ?? bodies.at(-1) ?? {} }),
  });
  vi.stubEnv('BOT_URL', server.url);
  return server;
}

const said = (text: string, more: object = {}) => ({ message: { text }, ...more });
const opened = (file: string) => loadHttpAgent(file, { turnTimeout: 5 }).open(brief);

function specFile(lines: string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'bot-')), 'bot.yaml');
  writeFileSync(file, lines);
  return file;
}

describe('the items that the call must settle', () => {
  const withItems = (items: string) => `
url: \${BOT_URL}/bot/session
history: session
request: { session: '{{session}}', text: '{{text}}', ${items} }
reply: { text: $.message.text }
`;
  const questions = scenario('H01-D01').task.requiredItems.map(({ question }) => question);

  it('are a list where their place stands alone, and lines where it does not', async () => {
    const { requests } = await answering(said('Hello.'));
    await opened(specFile(withItems(`ask: '{{items}}', say: 'Ask: {{items}}'`))).reply([], never);
    expect(requests[0]?.body).toMatchObject({
      ask: questions,
      say: `Ask: ${questions.map((question) => `- ${question}`).join('\n')}`,
    });
  });

  it('are told only where the request has them', async () => {
    await answering(said('Hello.'));
    const load = (items: string) => loadHttpAgent(specFile(withItems(items)), { turnTimeout: 5 });
    expect(load(`ask: '{{items}}'`).toldItems).toBe(true);
    expect(load('ask: all').toldItems).toBe(false);
  });
});

describe('a session that the server issues', () => {
  // The stand-in server asks for them.
  const messages: string[] = [];
  const issued = (more = '') => `
url: \${BOT_URL}/bot/full
headers: { x-session: '{{session}}' }
history: session
request: { session: '{{session}}', text: '{{text}}', messages: [] }
reply: { text: $.message.text, session: $.session_id }
${more}`;

  it('is left out at first, then sent as the last answer had it', async () => {
    const bot = await answering(
      said('Hello.', { session_id: 'planted-1' }),
      said('And?'),
      said('So?', { session_id: 42 }),
      said('Bye.'),
    );
    const agent = opened(specFile(issued()));
    await agent.reply([], never);
    for (const words of ['One.', 'Two.', 'Three.']) {
      await agent.reply(dialogue('Hello.', words), never);
    }
    expect(bot.requests.map(({ body }) => body)).toEqual([
      { messages, text: '' },
      { messages, session: 'planted-1', text: 'One.' },
      { messages, session: 'planted-1', text: 'Two.' },
      { messages, session: '42', text: 'Three.' },
    ]);
    expect(bot.requests.map(({ headers }) => headers['x-session'])).toEqual([
      undefined,
      'planted-1',
      'planted-1',
      '42',
    ]);
  });

  it('is another in each dialogue', async () => {
    const bot = await answering(said('Hello.', { session_id: 'a' }));
    const agent = loadHttpAgent(specFile(issued()), { turnTimeout: 5 });
    await agent.open(brief).reply([], never);
    await agent.open(brief).reply([], never);
    expect(bot.requests.map(({ body }) => body)).toEqual([
      { messages, text: '' },
      { messages, text: '' },
    ]);
  });

  it.each([
    [{}, 'reply.session: nothing at $.session_id in the answer (top level: message)'],
    [{ session_id: ['x'] }, '$.session_id is a list, not a text or a number'],
  ])('must be in the first answer: %j', async (more, message) => {
    await answering(said('Hello.', more));
    await expect(opened(specFile(issued())).reply([], never)).rejects.toThrow(message);
  });

  it('is refused where the bot is sent the whole history', () => {
    vi.stubEnv('BOT_URL', 'http://127.0.0.1:9');
    const file = specFile(
      issued().replace('history: session', 'history: full').replace('{{text}}', '{{turns}}'),
    );
    expect(() => loadHttpAgent(file, { turnTimeout: 5 })).toThrow(/no session to be told/);
  });
});

describe('an action in the form of docs/agents.md that is wrong', () => {
  it.each([
    [
      { type: 'escalate', act: 'AMBULANCE' },
      /action 2 at \$\.events: act must be one of EMERGENCY,/,
    ],
    [{ type: 'escalate', act: 'EMERGENCY', mode: '112' }, /mode must be one of 999, acute-unit/],
    [{ type: 'note' }, /action 2 .*: text must be a string/],
  ])('is named, not passed over: %j', async (action, message) => {
    await answering(said('Hello.', { events: [{ type: 'handover' }, action] }));
    const file = specFile(`
url: \${BOT_URL}/bot/session
history: session
request: { session: '{{session}}', text: '{{text}}' }
reply: { text: $.message.text, actions: $.events }
`);
    await expect(opened(file).reply([], never)).rejects.toThrow(message);
  });
});
