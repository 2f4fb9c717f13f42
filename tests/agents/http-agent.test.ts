import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCallRecorder } from '../../src/calls/call-recorder.js';
import { journalRecording } from '../../src/calls/recording.js';
import type { Call } from '../../src/calls/call.js';
import { loadHttpAgent, type HttpSeen } from '../../src/agents/under-test/http-agent.js';
import {
  startModelServer,
  type ModelServer,
  type ModelServerOptions,
  type RawResponse,
} from '../../tools/model-server/model-server.js';
import { dialogue, never } from '../fixtures.js';
import { brief, fixture } from './agent-context.js';

const KEY = 'planted-bot-key';
const IDENTITY = 'Could you tell me your full name and your date of birth, please?';
let server: ModelServer | undefined;

beforeEach(() => {
  vi.stubEnv('BOT_KEY', KEY);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server?.close();
  server = undefined;
});

async function serve(options: ModelServerOptions = {}): Promise<ModelServer> {
  server = await startModelServer({ keepRequests: true, ...options });
  vi.stubEnv('BOT_URL', server.url);
  return server;
}

/** Serves these answers of a session bot, the last one over and over. */
async function answering(...answers: (Omit<RawResponse, 'body'> & { body?: string | object })[]) {
  let next = 0;
  return serve({
    answer: () => ({ status: 500, body: {}, ...(answers[next++] ?? answers.at(-1)) }),
  });
}

const session = fixture('bot-session.yaml');
const full = fixture('bot-full.yaml');
const said = (text: string, more: object = {}) => ({
  status: 200,
  body: { message: { text }, ...more },
});

function opened(file: string, onHttp?: (seen: HttpSeen) => void, turnTimeout = 5) {
  return loadHttpAgent(file, { turnTimeout, onHttp }).open(brief);
}

/** A spec file that differs from the session bot's in these lines. */
function specFile(lines: string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'bot-')), 'bot.yaml');
  writeFileSync(file, lines);
  return file;
}

const SPEC = `url: \${BOT_URL}/bot/session
history: session
request: { session: '{{session}}', text: '{{text}}' }
`;

describe('an HTTP agent with a session', () => {
  it('sends the last words and the session, and reads words, actions and the end', async () => {
    const { requests } = await serve({ botKey: KEY });
    const agent = opened(session);
    expect((await agent.reply([], never)).text).toContain(IDENTITY);
    const alarm = await agent.reply(dialogue('Hello.', 'I have chest pain.'), never);
    expect(alarm.actions).toEqual([{ type: 'escalate', act: 'EMERGENCY', mode: '999' }]);
    const last = await agent.reply(dialogue('Hello.', 'x', 'Ring 999.', 'Right.'), never);
    expect(last.actions).toEqual([{ type: 'end-call' }]);
    const bodies = requests.map(({ body }) => body as { session: string; text: string });
    expect(bodies.map(({ text }) => text)).toEqual(['', 'I have chest pain.', 'Right.']);
    expect(new Set(bodies.map((body) => body.session)).size).toBe(1);
  });

  it('has another session in every dialogue, and in a repeat of the same one', async () => {
    const { requests } = await serve();
    const agent = loadHttpAgent(session, { turnTimeout: 5 });
    await agent.open(brief).reply([], never);
    await agent.open(brief).reply([], never);
    const [first, second] = requests.map(({ body }) => (body as { session: string }).session);
    expect(first).not.toBe(second);
    expect(agent.history).toBe('session');
  });

  it.each([429, 503])('says it again after %i, when it was surely not heard', async (status) => {
    const bot = await answering({ status, headers: { 'retry-after': '0' } }, said('Hello.'));
    expect((await opened(session).reply([], never)).text).toBe('Hello.');
    expect(bot.count()).toBe(2);
  });

  it.each([500, 502, 408, 409, 422])('does not say it twice after %i', async (status) => {
    const bot = await answering({ status }, said('Hello.'));
    await expect(opened(session).reply([], never)).rejects.toThrow(
      `${status} from \${BOT_URL}/bot/session`,
    );
    expect(bot.count()).toBe(1);
  });

  it('does not say it twice where the connection broke', async () => {
    const bot = await serve({ answer: () => ({ fault: 'reset' }) });
    await expect(opened(session).reply([], never)).rejects.toThrow(/no connection .* or it broke/);
    expect(bot.count()).toBe(1);
  });

  it('may take nearly all of its time for one answer', async () => {
    await serve({ latency: 1100 });
    expect((await opened(session, undefined, 2).reply([], never)).text).toContain(IDENTITY);
  });

  it('is given so long and no longer', async () => {
    const bot = await serve({ latency: 3000 });
    await expect(opened(session, undefined, 0.1).reply([], never)).rejects.toThrow(
      'no answer within 0.1 s',
    );
    expect(bot.count()).toBe(1);
  });

  it('takes the time from its file, where that says one', async () => {
    await serve({ latency: 3000 });
    const file = specFile(`${SPEC}reply: { text: $.message.text }\ntimeout: 0.1\n`);
    await expect(opened(file).reply([], never)).rejects.toThrow('no answer within 0.1 s');
  });
});

describe('an HTTP agent that is sent everything', () => {
  it('gets all turns in the words of its own API', async () => {
    const { requests } = await serve();
    const reply = await opened(full).reply(dialogue('Hello.', 'Hi.'), never);
    expect(reply.text).toBe('What can I help you with today?');
    expect(requests[0]?.body).toEqual({
      messages: [
        { role: 'assistant', content: 'Hello.' },
        { role: 'user', content: 'Hi.' },
      ],
    });
  });

  it('is asked again after any failure that may pass', async () => {
    const faults = ['server', 'reset', 'malformed'] as const;
    let next = 0;
    const bot = await serve({
      answer: () => {
        const fault = faults[next++];
        return fault && { fault };
      },
    });
    expect((await opened(full).reply([], never)).text).toContain(IDENTITY);
    expect(bot.count()).toBe(4);
  });
});

describe('a request', () => {
  it('holds the task, and the other fields as they are', async () => {
    const { requests } = await serve({ answer: () => said('Hello.') });
    const file = specFile(`
url: \${BOT_URL}/bot/session?key=\${BOT_KEY}
headers: { x-dialogue: 'd-{{session}}' }
history: session
request:
  session: '{{session}}'
  text: 'Call of {{patientName}} ({{dateOfBirth}}) by {{clinic}}'
  options: { limit: 3, tags: [voice, null, true] }
reply: { text: $.message.text }
`);
    await opened(file).reply([], never);
    const [seen] = requests;
    const body = seen?.body as { session: string };
    expect(body).toEqual({
      session: body.session,
      text: 'Call of Maureen Ashby (1958-03-14) by COPD community team',
      options: { limit: 3, tags: ['voice', null, true] },
    });
    expect(seen?.headers['x-dialogue']).toBe(`d-${body.session}`);
  });
});

describe('a key with a line break in it', () => {
  it('is called malformed, and neither sent nor shown', async () => {
    const bot = await serve();
    vi.stubEnv('BOT_KEY', `${KEY}\n`);
    const failure = opened(session).reply([], never);
    await expect(failure).rejects.toThrow(/a header for .* is malformed/);
    await expect(failure).rejects.not.toThrow(KEY);
    expect(bot.count()).toBe(0);
  });
});

describe('the answer of a bot', () => {
  const seenIn = async (body: object, file = session) => {
    await answering({ status: 200, body });
    const seen: HttpSeen[] = [];
    const reply = await opened(file, (answer) => seen.push(answer)).reply([], never);
    return { reply, seen: seen[0] };
  };

  it('may name its actions, or give objects of its own or in our form', async () => {
    const { reply, seen } = await seenIn({
      message: { text: 'Ring 999.' },
      events: [
        'escalate_emergency_999',
        { name: 'escalate_emergency_999', at: 'now' },
        { type: 'handover' },
        { name: 'typing' },
        'smile',
        7,
      ],
    });
    const escalation = { type: 'escalate', act: 'EMERGENCY', mode: '999' };
    expect(reply.actions).toEqual([escalation, escalation, { type: 'handover' }]);
    expect(seen?.reply.unknown).toEqual(['typing', 'smile', '(no name)']);
    expect(seen?.status).toBe(200);
  });

  it('may leave out actions and the end', async () => {
    const { reply } = await seenIn({ message: { text: 'Hello.' }, events: null });
    expect(reply).toEqual({ text: 'Hello.', actions: [] });
  });

  it('that says and does nothing is a fault', async () => {
    const { reply } = await seenIn({ message: { text: ' ' } });
    expect(reply.fault).toBe('empty');
  });

  it.each([
    [
      { msg: 'planted words' },
      'reply.text: nothing at $.message.text in the answer (top level: msg)',
    ],
    [{ message: { text: 7 } }, '$.message.text is a number, not a text'],
    [{ message: { text: 'a' }, finished: 'no' }, 'reply.end: $.finished is a string'],
    [['planted words'], 'it is a list'],
  ])(
    'that does not fit is named by path and keys, never by what it says: %j',
    async (body, text) => {
      await answering({ status: 200, body });
      const failure = opened(session).reply([], never);
      await expect(failure).rejects.toThrow(text);
      await expect(failure).rejects.not.toThrow(/planted/);
    },
  );

  it('must be JSON', async () => {
    await answering({
      status: 200,
      body: '<p>planted</p>',
      headers: { 'content-type': 'text/html' },
    });
    await expect(opened(session).reply([], never)).rejects.toThrow(
      '${BOT_URL}/bot/session answered 200 with what is not JSON (text/html)',
    );
  });

  it('must not be endless', async () => {
    await answering(said('x'.repeat(1_100_000)));
    await expect(opened(session).reply([], never)).rejects.toThrow('more than 1000000 bytes');
  });

  it('must be no longer than a turn can be', async () => {
    await answering(said('x'.repeat(30_000)));
    await expect(opened(session).reply([], never)).rejects.toThrow(/at most 20000 characters/);
  });
});

describe('a bot that refuses the key', () => {
  it('stops the run, and its message holds no key', async () => {
    await serve({ botKey: 'another' });
    const failure = opened(session).reply([], never);
    await expect(failure).rejects.toMatchObject({ name: 'MatrixError', exitCode: 3 });
    await expect(failure).rejects.toThrow('401 from ${BOT_URL}/bot/session');
    await expect(failure).rejects.not.toThrow(KEY);
  });
});

describe('the journal of an HTTP agent', () => {
  it('answers again what was answered before, in a new session, and holds no key', async () => {
    const bot = await serve({ botKey: KEY });
    const kept: Call[] = [];
    const journal = { record: (call: Call) => Promise.resolve(void kept.push(call)) };
    const agent = loadHttpAgent(session, { turnTimeout: 5 });
    const first = agent.open({
      ...brief,
      calls: createCallRecorder(journalRecording(journal, [])),
    });
    const reply = await first.reply([], never);
    const again = agent.open({
      ...brief,
      calls: createCallRecorder(journalRecording(journal, kept)),
    });
    expect(await again.reply([], never)).toEqual(reply);
    expect(bot.count()).toBe(1);
    expect(kept).toMatchObject([{ role: 'agent', ordinal: 1, attempts: 1 }]);
    expect(JSON.stringify(kept)).not.toContain(KEY);
    expect(JSON.stringify(kept)).not.toContain(
      (bot.requests[0]?.body as { session: string }).session,
    );
  });
});

describe('a spec file', () => {
  const reply = 'reply: { text: $.message.text }\n';
  it.each([
    ['url: ftp://bot', /url: "ftp:.*" is no address/],
    ['url: http://127.0.0.1/${NO_SUCH_VARIABLE}', /NO_SUCH_VARIABLE, which is not set/],
  ])('with %s is refused by name', (line, message) => {
    const file = specFile(SPEC.replace(/^url.*$/m, line) + reply);
    expect(() => loadHttpAgent(file, { turnTimeout: 5 })).toThrow(message);
  });

  it.each([
    [`${SPEC.replace('{{text}}', '{{words}}')}${reply}`, /no value for \{\{words\}\}/],
    [`${SPEC.replace('{{text}}', 'All: {{turns}}')}${reply}`, /must stand alone/],
    [`${SPEC.replace('history: session', 'history: full')}${reply}`, /needs the turns/],
    [`${SPEC.replace("'{{session}}'", '1')}${reply}`, /needs the session/],
    [`${SPEC}reply: { text: message.text }\n`, /reply\.text: a path reads/],
    [`${SPEC}${reply}replay: 1\n`, /replay/],
  ])('that contradicts itself is refused by name', (text, message) => {
    vi.stubEnv('BOT_URL', 'http://127.0.0.1:9');
    expect(() => loadHttpAgent(specFile(text), { turnTimeout: 5 })).toThrow(message);
  });
});
