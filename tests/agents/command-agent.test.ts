import { afterEach, describe, expect, it, vi } from 'vitest';
import { commandAgent } from '../../src/agents/under-test/command-agent.js';
import { openAgent } from '../../src/agents/under-test/open-agent.js';
import { readSecret } from '../../src/secrets.js';
import { dialogue, never } from '../fixtures.js';
import { brief, context, fixture } from './agent-context.js';

const opened: { close?(): void }[] = [];

afterEach(() => {
  vi.unstubAllEnvs();
  opened.splice(0).forEach((agent) => agent.close?.());
});

function start(manner: string, turnTimeout = 10) {
  const command = `node ${fixture('agent-command.mjs')} ${manner}`;
  const agent = commandAgent(command, turnTimeout).open(brief);
  opened.push(agent);
  return agent;
}

const turns = dialogue('Hello.', 'Hi.');

describe('a command agent', () => {
  it('is one process a dialogue, told turns and task, and may act and close', async () => {
    const agent = start('speak');
    const other = start('speak');
    expect((await agent.reply([], never)).text).toBe('COPD community team, line 1, 0 turns');
    expect(await agent.reply(turns, never)).toEqual({
      text: 'COPD community team, line 2, 2 turns',
      actions: [{ type: 'handover' }, { type: 'end-call' }],
    });
    expect((await other.reply([], never)).text).toMatch(/line 1/);
  });

  it('may answer with a mere JSON string', async () => {
    expect((await start('text').reply([], never)).text).toBe('Only words.');
  });

  it('keeps a state of its own', async () => {
    expect((await openAgent('command:"node bot.js"', context)).history).toBe('session');
  });

  it('that dies is named with its status and last complaint, without keys', async () => {
    vi.stubEnv('BOT_KEY', 'planted-bot-key');
    readSecret('BOT_KEY');
    await expect(start('die').reply([], never)).rejects.toThrow(
      "the agent's process ended with status 3: no licence: [key]",
    );
  });

  it('that is no program is named too', async () => {
    const agent = commandAgent('no-such-program-here', 10).open(brief);
    await expect(agent.reply([], never)).rejects.toThrow(/status 127: .*no-such-program-here/);
  });

  it.each([
    ['chatty', /not JSON \(stdout is for replies/],
    ['long', /a line of over 1000000 characters/],
  ])('that is %s is told so', async (manner, message) => {
    await expect(start(manner).reply([], never)).rejects.toThrow(message);
  });

  it('that answers twice is not taken to answer the next turn', async () => {
    const agent = start('twice');
    await agent.reply([], never).catch(() => undefined);
    await expect(agent.reply(turns, never)).rejects.toThrow(/a line that it was not asked for/);
  });

  it('is given so long and no longer', async () => {
    await expect(start('hang', 0.1).reply([], never)).rejects.toThrow('no answer within 0.1 s');
  });

  it('is ended with all that it has started', async () => {
    const agent = start('child');
    const child = Number((await agent.reply([], never)).text);
    expect(isRunning(child)).toBe(true);
    agent.close?.();
    await expect.poll(() => isRunning(child), { timeout: 5000 }).toBe(false);
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
