import { expect, it } from 'vitest';
import { listFailures } from '../../src/report/failure-list.js';
import { markdownSummary } from '../../src/report/markdown-summary.js';
import { summariseRun } from '../../src/report/summarise-run.js';
import type { RunRecord, StoredDialogue } from '../../src/store/run-record.js';
import { judging, recordOf, stored, streamOf, taxonomy, verdict } from './stored-dialogue.js';

const HOSTILE = 'a|b `x` @team <img src=x> [l](http://e.example)\n# head';

async function summaryOf(dialogues: readonly StoredDialogue[], run: RunRecord) {
  const judged = { ...judging, nonce: null };
  const summary = await summariseRun(run, judged, streamOf(dialogues), taxonomy);
  const failures = await listFailures(streamOf(dialogues), {});
  const open = await listFailures(streamOf(dialogues), { open: true });
  return markdownSummary({ summary, failures, open, store: 'my.db' });
}

const gated = (run: RunRecord, ...failOn: string[]) => ({ ...run, plan: { ...run.plan, failOn } });

const failing = stored({
  scenario: 'H01-D01',
  verdicts: [verdict('H01-F1', 'fail', { turn: 5, quotes: [{ turn: 4, text: HOSTILE }] })],
});
const undecided = stored({ scenario: 'H01-D02', verdicts: [verdict('H01-F1', 'undetermined')] });

it('answers first, then counts, failures with ids, what is open, and what to type', async () => {
  const text = await summaryOf([failing, undecided], recordOf(3));
  expect(text.split('\n')[0]).toBe(
    '## matrix-sim: 1 of 2 dialogues failed, 1 undecided, 1 not held',
  );
  expect(text).toContain('| `bot` | 1 | 1 | 0 | 0 | 0 | 50.0 % to 100.0 % [9.5 % to 100.0 %] |');
  expect(text).toContain('**H01-F1** Major in `H01-D01/bot/1`, turn 5: ');
  expect(text).toContain('H01-F1 Major in 1 dialogues: neither failed nor cleared.');
  expect(text).toContain('- `npx matrix-sim show r-1/H01-D01/bot/1 --store my.db`');
});

it('lets no words of others be markup', async () => {
  const text = await summaryOf([{ ...failing, agent: HOSTILE }], recordOf(1, [HOSTILE]));
  // What is left once code spans are taken out.
  const prose = text.replace(/(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, 'CODE');
  expect(prose).not.toMatch(/@team|<img|http:|^# head/m);
  const cells = text.split('\n').filter((line) => line.startsWith('| '));
  expect(cells.length).toBeGreaterThan(2);
  expect(new Set(cells.map((line) => line.split('|').length))).toEqual(new Set([9]));
});

it('says whether the gates of the run are met', async () => {
  const gate = 'severity>=major';
  expect(await summaryOf([failing], gated(recordOf(1), gate))).toContain('**Gate met**');
  const passing = stored({ scenario: 'H01-D01', verdicts: [verdict('H01-F1', 'pass')] });
  expect(await summaryOf([passing], gated(recordOf(1), gate))).toContain('**Gate passed**');
});
