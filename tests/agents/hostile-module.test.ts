import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openAgent } from '../../src/agents/under-test/open-agent.js';
import { createCallRecorder } from '../../src/calls/call-recorder.js';
import { journalRecording } from '../../src/calls/recording.js';
import type { Call } from '../../src/calls/call.js';
import { dialogue, never } from '../fixtures.js';
import { brief, context } from './agent-context.js';

function moduleFile(text: string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'hostile-')), 'bot.mjs');
  writeFileSync(file, text);
  return file;
}

const load = (text: string, turnTimeout = 20) =>
  openAgent(`module:${moduleFile(text)}`, { ...context, turnTimeout });

const later = dialogue('Hello.', 'Speaking.');

/** Behaves at once as told in the second turn of a dialogue, and well in every other. */
const inSecondTurn = (deed: string) =>
  `export default async (turns) => { if (turns.length === 2) { ${deed} } return 'Hello.'; };`;

describe('a module that changes what it was handed', () => {
  it('changes nothing of what is asked next, and can be resumed', async () => {
    const agent = await load(`export default (turns, { requiredItems, patient }) => {
      const seen = requiredItems.length + patient.name;
      requiredItems.shift(); patient.name = ''; turns.splice(0);
      return seen;
    };`);
    const kept: Call[] = [];
    const journal = { record: (call: Call) => Promise.resolve(void kept.push(call)) };
    const turns = [...later];
    const hold = async (before: readonly Call[]) => {
      const opened = agent.open({
        ...brief,
        calls: createCallRecorder(journalRecording(journal, before)),
      });
      return [(await opened.reply([], never)).text, (await opened.reply(turns, never)).text];
    };
    const [first, second] = await hold([]);
    expect(second).toBe(first);
    expect(turns).toEqual(later);
    expect(await hold(kept)).toEqual([first, second]);
    expect(kept).toHaveLength(2);
  });
});

describe('a module that would end the process', () => {
  it.each([
    ['process.exit(0)', 'called process.exit(0)'],
    ['setTimeout(() => process.exit(0)); await new Promise(() => {})', 'called process.exit(0)'],
    ['process.kill(process.pid, "SIGKILL"); await new Promise(() => {})', 'ended by SIGKILL'],
    ['process.reallyExit(0)', 'ended with status 0'],
    ['process.abort()', 'ended by SIGABRT'],
    ['void Promise.reject(new Error("lost")); await new Promise(() => {})', 'lost'],
    ['setTimeout(() => { throw new Error("thrown") }); await new Promise(() => {})', 'thrown'],
    ['throw Object.create(null)', 'cannot be printed'],
    ['throw { toString() { throw 1 } }', 'cannot be printed'],
  ])('by %s fails in that turn, and goes on in the next dialogue', async (deed, reason) => {
    const agent = await load(inSecondTurn(deed));
    const opened = agent.open(brief);
    await opened.reply([], never);
    await expect(opened.reply(later, never)).rejects.toThrow(reason);
    expect((await agent.open(brief).reply([], never)).text).toBe('Hello.');
  });

  it('fails no other dialogue that is open, where it can be told apart', async () => {
    const agent = await load(`export default async (turns) => {
      if (turns.length === 2) process.exit(0);
      await new Promise((resolve) => setTimeout(resolve, 100));
      return 'Hello.';
    };`);
    const other = agent.open(brief).reply([], never);
    await expect(agent.open(brief).reply(later, never)).rejects.toThrow('process.exit');
    expect((await other).text).toBe('Hello.');
  });

  it('and keeps state, is not asked on in a call that it has lost', async () => {
    const agent = await load(
      `export const history = 'session'; ${inSecondTurn('process.reallyExit(0)')}`,
    );
    const opened = agent.open(brief);
    await opened.reply([], never);
    await expect(opened.reply(later, never)).rejects.toThrow('ended with status 0');
    await expect(opened.reply(later, never)).rejects.toThrow('the state of the call is lost');
  });

  it('by never coming back is late in that turn, and begun anew for others', async () => {
    const agent = await load(inSecondTurn('for (;;);'), 2);
    const opened = agent.open(brief);
    await opened.reply([], never);
    await expect(opened.reply(later, never)).rejects.toThrow('no answer within 2 s');
    await expect(agent.open(brief).reply([], never)).rejects.toThrow('no longer hears anything');
    expect((await agent.open(brief).reply([], never)).text).toBe('Hello.');
  });
});

describe('a module that does not load', () => {
  it.each([
    ['await new Promise(() => {}); export default () => "x"', /its process ended with status 13/],
    ['setInterval(() => {}, 1000); await new Promise(() => {});', /did not load within 2 s/],
    ['process.exit(0); export default () => "x"', /called process\.exit\(0\)/],
    ['throw Object.create(null); export default () => "x"', /cannot be printed/],
    ['process.send({ kind: "loaded" }); export default () => "x"', /what is no answer/],
  ])('for %s is refused in words', async (text, message) => {
    await expect(load(text, 2)).rejects.toThrow(message);
  });

  it('shows what it writes to whoever wants to see it', async () => {
    let seen = '';
    const file = moduleFile('console.log("out"); console.error("err"); export default () => "x"');
    const onOutput = (text: string) => (seen += text);
    const agent = await openAgent(`module:${file}`, { ...context, onOutput });
    await agent.open(brief).reply([], never);
    expect(seen).toContain('out\n');
    expect(seen).toContain('err\n');
  });
});
