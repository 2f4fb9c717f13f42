import { describe, expect, it } from 'vitest';
import type { ModelServerOptions } from '../../../tools/model-server/model-server.js';
import { startServer } from './start-server.js';

async function start(options: ModelServerOptions = {}) {
  const server = await startServer(options);
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(server.url + path, {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const answer: unknown = await response.json();
    return { status: response.status, headers: response.headers, body: answer };
  };
  return { server, post };
}

describe('the bot that keeps sessions', () => {
  it('greets, and remembers each session apart', async () => {
    const { server, post } = await start();
    const say = async (session: string, text: string) =>
      (await post('/bot/session', { session, text })).body;
    const greeting = await say('a', '');
    expect(greeting).toEqual({
      message: { text: expect.stringContaining('date of birth') as string },
      events: [],
      finished: false,
    });
    const second = await say('a', 'Ann Lee, 3 May 1950.');
    expect(await say('b', '')).toEqual(greeting);
    expect(second).not.toEqual(greeting);
    expect(await say('b', 'Bo Ek, 4 June 1960.')).toEqual(second);
    expect(server.requests[1]?.messages.map(({ role }) => role)).toEqual(['assistant', 'user']);
  });

  it('names the escalation, keeps its mark out of the text, and finishes', async () => {
    const { post } = await start();
    const say = (text: string) => post('/bot/session', { session: 'a', text });
    await say('');
    expect((await say('I have chest pain.')).body).toEqual({
      message: { text: expect.not.stringContaining('[') as string },
      events: [{ name: 'escalate_emergency_999' }],
      finished: false,
    });
    expect((await say('All right.')).body).toMatchObject({ events: [], finished: true });
  });

  it('has heard nothing where the connection breaks before the answer', async () => {
    const { server, post } = await start({
      answer: ({ ordinal }) => (ordinal === 2 ? { fault: 'reset' } : undefined),
    });
    const say = (text: string) => post('/bot/session', { session: 'a', text });
    await say('');
    await expect(say('Ann Lee.')).rejects.toThrow();
    await say('Ann Lee.');
    expect(server.requests[2]?.messages.map(({ text }) => text)).toHaveLength(2);
  });
});

describe('the bot that is told all turns', () => {
  it('answers the same turns the same', async () => {
    const { post } = await start();
    const messages = [
      { role: 'assistant', content: 'Your name, please?' },
      { role: 'user', content: 'Ann Lee.' },
    ];
    const first = await post('/bot/full', { messages });
    expect(first.body).toEqual({
      reply: { text: expect.stringContaining('?') as string },
      actions: [],
      done: false,
    });
    expect((await post('/bot/full', { messages })).body).toEqual(first.body);
  });

  it('names its actions, and is done', async () => {
    const { post } = await start({
      answer: () => 'Ring now. [ESCALATE EMERGENCY acute-unit] Bye. [END CALL]',
    });
    expect((await post('/bot/full', { messages: [] })).body).toEqual({
      reply: { text: 'Ring now. Bye.' },
      actions: ['escalate_emergency_acute-unit'],
      done: true,
    });
  });
});

describe('a bot', () => {
  it('asks for its key only where it has one', async () => {
    const { post } = await start({ botKey: 'bot-key' });
    const ask = (authorization: string) => post('/bot/full', { messages: [] }, { authorization });
    expect((await ask('Bearer other')).status).toBe(401);
    expect((await ask('Bearer bot-key')).status).toBe(200);
  });

  it.each([
    ['/bot/session', '{"session":'],
    ['/bot/session', { text: 'Hello.' }],
    ['/bot/full', { messages: [{ role: 'patient', content: 'Hello.' }] }],
  ])('%s refuses %j', async (path, body) => {
    const { post } = await start();
    expect(await post(path, body)).toMatchObject({
      status: 422,
      body: { error: expect.any(String) as string },
    });
  });

  it('fails as it is told to', async () => {
    const { post } = await start({ faults: { rate: 1 }, retryAfter: 5 });
    const { status, headers } = await post('/bot/full', { messages: [] });
    expect([status, headers.get('retry-after')]).toEqual([429, '5']);
  });
});
