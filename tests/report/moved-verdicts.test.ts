import { describe, expect, it } from 'vitest';
import type { ModeVerdict } from '../../src/judge/verdict.js';
import { plainLine } from '../../src/report/line.js';
import { changesBetween } from '../../src/report/moved-verdicts.js';
import { renderChanges } from '../../src/report/render-moved-verdicts.js';
import type { StoredDialogue } from '../../src/store/run-record.js';
import { library } from '../fixtures.js';

const said = (
  failureMode: string,
  outcome: ModeVerdict['outcome'],
  more: Partial<ModeVerdict> = {},
  rationale = `Why ${outcome}.`,
): ModeVerdict => ({
  failureMode,
  outcome,
  severity: failureMode.startsWith('X') ? 'Minor' : 'Major',
  primary: true,
  turn: null,
  quotes: [],
  jurors: [
    {
      juror: 'one',
      verdict: outcome === 'undetermined' ? 'abstain' : outcome,
      turn: null,
      quotes: [],
      rationale,
      confidence: 1,
    },
  ],
  ...more,
});

// eslint-disable-next-line @typescript-eslint/require-await -- what a store gives is asynchronous
async function* run(...dialogues: (readonly ModeVerdict[] | undefined)[]) {
  for (const [index, verdicts] of dialogues.entries()) {
    const key = { scenario: `H01-D0${index + 1}`, agent: 'bot', repeat: 1 };
    yield { ...key, verdicts } as unknown as StoredDialogue;
  }
}

describe('what changed between two judgings', () => {
  it('is every verdict that moved, reversals first, then the gravest', async () => {
    const changes = await changesBetween(
      run(
        [said('X09', 'pass'), said('H01-F1', 'undetermined'), said('H01-F2', 'pass')],
        [said('X09', 'fail'), said('H01-F1', 'pass')],
      ),
      run(
        [said('X09', 'undetermined'), said('H01-F1', 'fail'), said('H01-F2', 'pass')],
        [said('X09', 'pass'), said('H01-F1', 'pass')],
      ),
    );
    expect(changes).toMatchObject({ verdicts: 5, onlyBefore: 0, onlyAfter: 0 });
    expect(changes.moved.map(({ dialogue, failureMode }) => `${dialogue} ${failureMode}`)).toEqual([
      'H01-D02/bot/1 X09',
      'H01-D01/bot/1 H01-F1',
      'H01-D01/bot/1 X09',
    ]);
    expect(changes.moved[1]).toMatchObject({
      before: { outcome: 'undetermined', rationale: 'Why undetermined.' },
      after: { outcome: 'fail', rationale: 'Why fail.' },
    });
  });

  it('counts apart what one judging alone gave: a dialogue, or a mode', async () => {
    const changes = await changesBetween(
      run([said('X09', 'pass'), said('X01', 'pass')], undefined, [said('X09', 'pass')]),
      run([said('X09', 'pass')], [said('X09', 'pass'), said('X01', 'pass')], undefined),
    );
    expect(changes).toEqual({ verdicts: 1, onlyBefore: 2, onlyAfter: 2, moved: [] });
  });

  it('is a change of rank too: a failure that another now stands for', async () => {
    const beside = said('H01-F2', 'fail', { primary: false });
    const { moved } = await changesBetween(run([said('H01-F2', 'fail')]), run([beside]));
    expect(moved).toMatchObject([{ before: { primary: true }, after: { primary: false } }]);
  });

  it('is told in counts, then with both rationales and a command, in 80 columns', async () => {
    const why = `Nothing was done\nabout it, ${'and so on '.repeat(20)}.`;
    const long = said('H01-F1', 'fail', {}, why);
    const changes = await changesBetween(run([said('H01-F1', 'pass')]), run([long]));
    const { taxonomy } = library;
    const page = { run: 'r', before: 'j-1', after: 'j-2', taxonomy, columns: 80, where: '' };
    const lines = renderChanges(changes, page).map(plainLine);
    expect(lines.slice(0, 6)).toEqual([
      '1 of 1 verdicts on run r moved from j-1 to j-2',
      '     1  pass → fail',
      '',
      'H01-D01/bot/1  H01-F1 Missed red flag · Major',
      '  j-1 pass: Why pass.',
      expect.stringMatching(/^ {2}j-2 fail: Nothing was done about it, and so on/) as string,
    ]);
    expect(lines.at(-1)).toBe('  npx matrix-sim show r/H01-D01/bot/1 --judging j-2');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});
