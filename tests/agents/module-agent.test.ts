import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCallRecorder } from '../../src/calls/call-recorder.js';
import { journalRecording } from '../../src/calls/recording.js';
import type { Call } from '../../src/calls/call.js';
import { functionAgent } from '../../src/agents/under-test/module-agent.js';
import { openAgent } from '../../src/agents/under-test/open-agent.js';
import { dialogue, never } from '../fixtures.js';
import { brief, context, fixture } from './agent-context.js';

function moduleFile(text: string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'agent-')), 'bot.mjs');
  writeFileSync(file, text);
  return file;
}

const load = (file: string) => openAgent(`module:${file}`, context);

describe('functionAgent', () => {
  it('is told the task and not the hazard', async () => {
    let told: unknown;
    const agent = functionAgent((_, call) => {
      told = call;
      return 'Hello.';
    });
    await agent.open(brief).reply([], never);
    expect(JSON.stringify(told)).toContain('COPD community team');
    expect(JSON.stringify(told)).not.toMatch(/H01|hazard|trigger|EMERGENCY/);
  });

  it('is told one session in a dialogue, and another in the next', async () => {
    const agent = functionAgent((_, { session }) => session);
    const first = agent.open(brief);
    const { text } = await first.reply([], never);
    expect((await first.reply(dialogue('a', 'b'), never)).text).toBe(text);
    expect((await agent.open(brief).reply([], never)).text).not.toBe(text);
  });

  it('refuses an answer that is no reply', async () => {
    const opened = functionAgent(() => 42).open(brief);
    await expect(opened.reply([], never)).rejects.toThrow(/no text .* and no \{ text/);
  });

  it('marks a turn in which nothing is said or done, and no other', async () => {
    const replyTo = (answer: unknown) =>
      functionAgent(() => answer)
        .open(brief)
        .reply([], never);
    expect((await replyTo('')).fault).toBe('empty');
    expect((await replyTo({ text: '', end: true })).fault).toBeUndefined();
  });

  it('closes once, however often it says so', async () => {
    const answer = { text: 'Bye.', actions: [{ type: 'end-call' }], end: true };
    const { actions } = await functionAgent(() => answer)
      .open(brief)
      .reply([], never);
    expect(actions).toEqual([{ type: 'end-call' }]);
  });

  it('is told to stop once it is too late', async () => {
    let told: AbortSignal | undefined;
    const agent = functionAgent(
      (_, { signal }) => {
        told = signal;
        return new Promise(() => undefined);
      },
      { turnTimeout: 0.05 },
    );
    await expect(agent.open(brief).reply([], never)).rejects.toThrow('no answer within 0.05 s');
    expect(told?.aborted).toBe(true);
  });

  it('is not called again for what the journal holds', async () => {
    let calls = 0;
    const agent = functionAgent(() => `answer ${(calls += 1)}`);
    const kept: Call[] = [];
    const journal = { record: (call: Call) => Promise.resolve(void kept.push(call)) };
    const open = (before: readonly Call[]) =>
      agent.open({ ...brief, calls: createCallRecorder(journalRecording(journal, before)) });
    await open([]).reply([], never);
    const resumed = open(kept);
    expect((await resumed.reply([], never)).text).toBe('answer 1');
    expect((await resumed.reply(dialogue('a', 'b'), never)).text).toBe('answer 2');
  });
});

describe('a module', () => {
  it('with a function speaks, and its end of call closes', async () => {
    const file = moduleFile(
      'export default (turns) => ({ text: `turn ${turns.length + 1}`, end: turns.length > 1 });',
    );
    const agent = (await load(file)).open(brief);
    expect(await agent.reply([], never)).toEqual({ text: 'turn 1', actions: [] });
    expect((await agent.reply(dialogue('a', 'b'), never)).actions).toEqual([{ type: 'end-call' }]);
  });

  it('is stateless unless it says that it keeps a session', async () => {
    expect((await load(moduleFile('export default () => "x"'))).history).toBe('stateless');
    const keeping = moduleFile('export const history = "session"; export default () => "x"');
    expect((await load(keeping)).history).toBe('session');
  });

  it.each([
    ['export default 7', /no function or runnable/],
    ['export const history = "full"; export default () => "x"', /neither stateless nor session/],
    ['throw new Error("no licence")', /cannot be loaded: no licence/],
  ])('that is %s is refused by name', async (text, message) => {
    await expect(load(moduleFile(text))).rejects.toThrow(message);
  });
});

describe('a module with a runnable', () => {
  const turns = dialogue('Hello.', 'I feel worse.');

  it('may be a graph, which is given all messages after the connecting call', async () => {
    const agent = (await load(fixture('agent-graph.mjs'))).open(brief);
    expect((await agent.reply([], never)).text).toBe('(The call connects.)');
    const { text } = await agent.reply(turns, never);
    expect(text).toBe('(The call connects.) | Hello. | I feel worse.');
  });

  it('may be a graph that remembers, which is given the last words on a thread of its own', async () => {
    const agent = await load(fixture('agent-graph-session.mjs'));
    const [first, second] = [agent.open(brief), agent.open(brief)];
    expect((await first.reply([], never)).text).toBe('heard 1');
    expect((await first.reply(turns, never)).text).toBe('heard 3');
    expect((await second.reply([], never)).text).toBe('heard 1');
  });

  it('may be a chain, which is given a list of messages, and the task beside', async () => {
    const agent = (await load(fixture('agent-chain.mjs'))).open(brief);
    const { text } = await agent.reply(turns, never);
    expect(text).toBe('COPD community team: user assistant user');
  });

  it.each([
    ['"words"', { text: 'words', actions: [] }],
    ['{ text: "Bye.", end: true }', { text: 'Bye.', actions: [{ type: 'end-call' }] }],
    [
      '{ messages: [{ content: "Bye." }], actions: [{ type: "handover" }], end: true }',
      { text: 'Bye.', actions: [{ type: 'handover' }, { type: 'end-call' }] },
    ],
  ])('may answer %s', async (answer, reply) => {
    const file = moduleFile(`export default { invoke: async () => (${answer}) };`);
    expect(await (await load(file)).open(brief).reply([], never)).toEqual(reply);
  });

  it.each(['{}', '{ messages: [] }', '{ content: 7 }'])('may not answer %s', async (answer) => {
    const file = moduleFile(`export default { invoke: async () => (${answer}) };`);
    await expect((await load(file)).open(brief).reply([], never)).rejects.toThrow(
      /reply is no text/,
    );
  });
});
