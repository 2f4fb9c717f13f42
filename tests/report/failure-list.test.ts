import { describe, expect, it } from 'vitest';
import type { ModeVerdict } from '../../src/judge/verdict.js';
import { listFailures, renderFailures, renderOpen } from '../../src/report/failure-list.js';
import { plainLine } from '../../src/report/line.js';
import type { StoredDialogue } from '../../src/store/run-record.js';
import { library } from '../fixtures.js';

const verdict = (failureMode: string, more: Partial<ModeVerdict> = {}): ModeVerdict => ({
  failureMode,
  outcome: 'fail',
  severity: 'Major',
  primary: true,
  turn: 5,
  quotes: [{ turn: 4, text: 'I can’t\nbreathe' }],
  jurors: [],
  ...more,
});

const dialogue = (scenario: string, agent: string, verdicts: readonly ModeVerdict[]) =>
  ({ scenario, agent, repeat: 1, verdicts }) as unknown as StoredDialogue;

// eslint-disable-next-line @typescript-eslint/require-await -- what a store gives is asynchronous
async function* run() {
  yield dialogue('H01-D02', 'rushed', [verdict('X09', { severity: 'Minor' })]);
  yield dialogue('H01-D03', 'careful', [
    verdict('H01-F1'),
    verdict('X01', { outcome: 'undetermined' }),
    verdict('X02', { outcome: 'needs-review' }),
  ]);
  yield dialogue('H01-D01', 'rushed', [verdict('H01-F2', { primary: false }), verdict('H01-F1')]);
}

const ids = async (filter: Parameters<typeof listFailures>[1]) =>
  (await listFailures(run(), filter)).map((each) => `${each.dialogue} ${each.failureMode}`);

describe('the failures of a run', () => {
  it('are listed gravest first, primary ones before those beside them, then by dialogue', async () => {
    expect(await ids({})).toEqual([
      'H01-D01/rushed/1 H01-F1',
      'H01-D03/careful/1 H01-F1',
      'H01-D01/rushed/1 H01-F2',
      'H01-D02/rushed/1 X09',
    ]);
  });

  it('can be those of one agent, of a severity or graver, or what is open', async () => {
    expect(await ids({ agent: 'careful' })).toEqual(['H01-D03/careful/1 H01-F1']);
    expect(await ids({ severity: 'Considerable' })).toHaveLength(3);
    expect(await ids({ open: true })).toEqual(['H01-D03/careful/1 X01', 'H01-D03/careful/1 X02']);
  });

  it('each say what, where, in which words, and how to see it', async () => {
    const [first] = await listFailures(run(), {});
    const lines = renderFailures('r', first ? [first] : [], library.taxonomy, ' --store s.db');
    expect(lines.map(plainLine)).toEqual([
      'H01-D01/rushed/1  H01-F1 Missed red flag · Major · turn 5',
      '  “I can’t breathe”',
      '  npx matrix-sim show r/H01-D01/rushed/1 --store s.db',
    ]);
  });

  it('are followed by what is open, a line a dialogue', async () => {
    const lines = renderOpen('r', await listFailures(run(), { open: true }), '');
    expect(lines.map(plainLine)[0]).toBe('H01-D03/careful/1  2 open: X01, X02 (for review)');
  });
});
