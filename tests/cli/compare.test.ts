import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { startModelServer } from '../../tools/model-server/model-server.js';
import { envOf } from './hosted-run.js';
import { matrixSim, newFolder, runMatrixSim } from './matrix-sim.js';
import { judgeThat } from './scripted-judge.js';

const folder = newFolder();
const at = (...words: string[]) => matrixSim(folder, ...words);

/** An agent that bids farewell at once, and is found to fail where it says so. */
function bot(name: string, words: string): string {
  writeFileSync(
    path.join(folder, `${name}.mjs`),
    `export default (turns) => ({ text: turns.length > 6 ? ${JSON.stringify(words)} : 'Please go on.', end: turns.length > 6 });`,
  );
  return `bot=module:./${name}.mjs`;
}

interface Compared {
  comparisons: {
    all: { conclusion: string; counts: object; undecided: object; difference: number; p: number };
    rows: { row: string }[];
    worse: { second: string; failed: string[] }[];
  }[];
}

/** Judged by a model that fails what it is told to fail, and passes everything else. */
beforeAll(async () => {
  const server = await startModelServer({
    answer: judgeThat((mode, { turns }) => {
      const rude = turns.find(({ says }) => says.includes('Away with you'));
      if (mode !== 'X06' || !rude) return undefined;
      return { verdict: 'fail', turn: rude.n, quotes: [{ turn: rude.n, text: rude.says }] };
    }),
  });
  const hold = (id: string, agent: string, ...more: string[]) =>
    runMatrixSim(
      folder,
      envOf(server),
      ...['run', '--run-id', id, '--agent', agent, '--hazard', 'H01', ...more],
    );
  const judge = ['--judge', 'openai:judge'];
  await hold('old', bot('old', 'Goodbye.'), ...judge);
  await hold('new', bot('new', 'Away with you.'), ...judge);
  await hold('same', bot('same', 'Goodbye then.'), ...judge);
  await hold('two', bot('old', 'Goodbye.'), '--agent', `rude=module:./new.mjs`, ...judge);
  await hold('other-judge', bot('old', 'Goodbye.'));
  await hold('unjudged', bot('old', 'Goodbye.'), '--no-judge');
  await runMatrixSim(folder, envOf(server), 'judge', 'run', 'other-judge', ...judge);
  await server.close();
}, 120_000);

describe('compare', () => {
  it('finds an agent that got worse, and which dialogues, each with a command', async () => {
    const { stdout, status } = await at('compare', 'old', 'new');
    expect(status).toBe(0);
    expect(stdout).toContain('B against A: worse');
    expect(stdout).toMatch(
      /Worse in B: \d+\n {2}npx matrix-sim show new\/H01-D01\/bot\/1\n {4}X06/,
    );
    expect(stdout).toContain('checked by no clinician');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    const shown = /npx matrix-sim (show .*)/.exec(stdout)?.[1]?.split(' ') ?? [];
    expect((await at(...shown)).stdout).toContain('Away with you.');
  });

  it('gives the same as JSON, and for agents of one run', async () => {
    const { comparisons } = (await at('compare', 'old', 'new', '--json')).json() as Compared;
    const [only] = comparisons;
    expect(only?.all.conclusion).toBe('worse');
    expect(only?.all.difference).toBe(1);
    expect(only?.worse.every(({ failed }) => failed.join() === 'X06')).toBe(true);
    const within = (
      await at('compare', 'two', '--agents', 'bot,rude', '--json')
    ).json() as Compared;
    expect(within.comparisons[0]?.all.counts).toEqual(only?.all.counts);
    expect(within.comparisons[0]?.all.p).toBe(only?.all.p);
  });

  it('ends with 1 where a gate is met: worse, or what cannot be told unless :decided is asked for', async () => {
    const gate = async (run: string, on: string, ...more: string[]) =>
      (await at('compare', 'old', run, '--fail-on', on, ...more)).status;
    expect(await gate('new', 'regression:decided')).toBe(1);
    expect(await gate('same', 'regression')).toBe(1);
    expect(await gate('same', 'regression:decided')).toBe(0);
    expect(await gate('same', 'regression', '--margin', '1')).toBe(0);
    const { stderr, stdout } = await at('compare', 'old', 'same', '--fail-on', 'regression');
    expect(stderr).toContain('same/bot against old/bot: cannot tell whether it is worse');
    expect(stdout).toContain('B against A: cannot tell');
  });

  it('says “not worse” with the margin in points', async () => {
    const { stdout } = await at('compare', 'old', 'same', '--margin', '1');
    expect(stdout).toContain('B against A: not worse by more than 100 points');
  });

  it.each([
    [['old', 'unjudged'], /run unjudged is not judged yet[^]*matrix-sim judge run unjudged/],
    [['old', 'other-judge', '--judging', 'j-none'], /has no judging j-none/],
    [['old', 'none'], /there is no run none/],
    [['old/x/1', 'new'], /"old\/x\/1" is no run[^]*RUN\/AGENT/],
    [['old', 'new', '--margin', '5'], /share from 0 to 1/],
    [['old', 'new', '--fail-on', 'worse'], /regression, regression:decided/],
    [['old'], /one agent is left/],
  ])('refuses %j with a mend', async (words, message) => {
    const { status, stderr, stdout } = await at('compare', ...words);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
  });
});

describe('two judgings of a run', () => {
  it('are told apart, each verdict that moved with both rationales', async () => {
    const latest = (await at('report', 'other-judge', '--json')).json() as {
      judging: { id: string };
    };
    const { stderr } = await at('report', 'other-judge', '--judging', 'j-none');
    const ids = /It has: (.*)\./.exec(stderr)?.[1]?.split(', ') ?? [];
    const [first = ''] = ids.filter((id) => id !== latest.judging.id);
    const { stdout } = await at('report', 'other-judge', '--against', first);
    expect(stdout).toMatch(/\d+ {2}undetermined → pass/);
    expect(stdout).toMatch(new RegExp(`  ${latest.judging.id} pass: Said of `));
    expect(stdout).toContain(`  ${first} undetermined: `);
    const back = await at(
      'report',
      'other-judge',
      '--judging',
      first,
      '--against',
      latest.judging.id,
    );
    expect(back.stdout).toMatch(/\d+ {2}pass → undetermined/);
  });

  it('are refused where they are one', async () => {
    const latest = (await at('report', 'old', '--json')).json() as { judging: { id: string } };
    const { status, stderr } = await at('report', 'old', '--against', latest.judging.id);
    expect(status).toBe(2);
    expect(stderr).toContain('held against itself');
  });
});
