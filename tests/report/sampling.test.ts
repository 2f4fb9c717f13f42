import { describe, expect, it } from 'vitest';
import type { ModeVerdict } from '../../src/judge/verdict.js';
import { plainLine } from '../../src/report/line.js';
import { junitOf } from '../../src/report/junit.js';
import { markdownSummary } from '../../src/report/markdown-summary.js';
import { metGates } from '../../src/report/met-gates.js';
import { renderReport } from '../../src/report/render-report.js';
import { summariseSampling } from '../../src/report/sampling/summarise-sampling.js';
import { summariseRun } from '../../src/report/summarise-run.js';
import { strataOf } from '../../src/runs/sampling/strata.js';
import type { RunRecord, StoredDialogue } from '../../src/store/run-record.js';
import { DEFAULT_BANDS } from '../../src/taxonomy/likelihood-bands.js';
import { judging, recordOf, stored, streamOf, taxonomy, verdict } from './stored-dialogue.js';

type Outcome = ModeVerdict['outcome'];

const scenarios = Array.from({ length: 8 }, (_, at) => `H01-V${at}`);
const run: RunRecord = {
  ...recordOf(40),
  plan: { ...recordOf(40).plan, repeats: 5, untilWidth: 0.4 },
  sampling: { bands: DEFAULT_BANDS, strata: [{ hazard: 'H01', hardNegative: false, scenarios }] },
};
const order = strataOf(run)[0]?.order ?? [];
const own = { ...judging, nonce: null };
const later = { ...own, id: 'j-2' };

/** The first of the order, each with this outcome. */
function drawn(count: number, outcome: Outcome): StoredDialogue[] {
  return order
    .slice(0, count)
    .map((key) => stored({ ...key, verdicts: [verdict('H01-F1', outcome)] }));
}

/** A store that has other verdicts of another judging. */
function storeOf(decided: readonly StoredDialogue[], rejudged = decided) {
  return {
    dialogues: (_run: string, id?: string) => streamOf(id === later.id ? rejudged : decided),
    judgings: () => Promise.resolve([own, later]),
  };
}

async function summaryOf(dialogues: readonly StoredDialogue[]) {
  const sampling = await summariseSampling(storeOf(dialogues), run, own, taxonomy);
  const known = [[], [], null, null, sampling] as const;
  return summariseRun(run, own, streamOf(dialogues), taxonomy, ...known);
}

describe('the summary of a run that stopped early', () => {
  it('has nothing left to hold, and says what was saved', async () => {
    const { left, sampling } = await summaryOf(drawn(10, 'fail'));
    expect({ left, saved: sampling?.saved }).toEqual({ left: 0, saved: 30 });
    expect(sampling?.strata).toMatchObject([{ drawn: 10, failed: 10, stopped: 'narrow' }]);
    expect(sampling?.strata[0]?.interval.high).toBe(1);
  });

  it('has all left of which nobody knows whether they are needed', async () => {
    const { left, sampling } = await summaryOf(drawn(7, 'fail'));
    expect({ left, saved: sampling?.saved }).toEqual({ left: 35, saved: 0 });
    expect(sampling?.strata).toMatchObject([{ drawn: 5, stopped: null }]);
  });

  it('waits for a dialogue that could not be held', async () => {
    const broken = order.slice(0, 1).map((key) => stored({ ...key, standing: 'incomplete' }));
    expect((await summaryOf([...broken, ...drawn(10, 'fail').slice(1)])).left).toBe(40);
  });

  it('counts as another judge sees it what was drawn by the first', async () => {
    const store = storeOf(drawn(10, 'fail'), drawn(10, 'pass'));
    const sampling = await summariseSampling(store, run, later, taxonomy);
    expect(sampling?.strata).toMatchObject([{ drawn: 10, failed: 0, passed: 10 }]);
    expect(sampling).toMatchObject({ left: 0, saved: 30 });
    expect(sampling?.strata[0]?.interval.low).toBe(0);
  });

  it('is none for a run that holds its whole plan', async () => {
    expect(await summariseSampling(storeOf([]), recordOf(40), own, taxonomy)).toBeNull();
  });
});

describe('gates on a run that stopped early', () => {
  it('ask a rate of the whole plan, of which some was not seen', async () => {
    const clean = await summaryOf(drawn(10, 'pass'));
    expect(clean.left).toBe(0);
    const most = clean.sampling?.strata[0]?.mostFound ?? NaN;
    expect(metGates([`rate(H01)>${(most - 0.01).toFixed(3)}`], clean).join()).toMatch(/may fail/);
    expect(metGates([`rate(H01)>${(most + 0.01).toFixed(3)}`], clean)).toEqual([]);
  });

  it('are not passed by what was not sampled, unless they ask for what was decided', async () => {
    const clean = await summaryOf(drawn(10, 'pass'));
    const gates = ['severity>=major', 'undetermined>0.3'];
    for (const gate of gates) {
      expect(metGates([gate], clean).join()).toContain('30 dialogues of the plan were not sampled');
    }
    expect(metGates(['severity>=major:decided'], clean)).toEqual([]);
  });
});

describe('reports of a run that stopped early', () => {
  it('name each hazard and agent with its bounds and why it stopped', async () => {
    const summary = await summaryOf(drawn(10, 'fail'));
    const text = renderReport(summary, taxonomy).map(plainLine).join('\n');
    expect(text).toMatch(/no wider than 0\.4: 30 of 40\ndialogues of the plan were not needed/);
    expect(text).toMatch(/^H01 +bot +10 +40 +\[\d+–100\] +narrow enough$/m);
    const page = markdownSummary({ summary, failures: [], open: [], store: 's.db' });
    expect(page).toMatch(/\| H01 \| `bot` \| 10 \| 40 \| .* to 100\.0 % \| narrow enough \|/);
    expect(page).not.toContain('not held');
  });

  it('count no dialogue as missing that was not needed', async () => {
    const dialogues = drawn(10, 'pass');
    const junit = (needed?: number) =>
      junitOf(run, streamOf(dialogues), {
        ...{ taxonomy, undecided: 'fail' },
        ...(needed === undefined ? {} : { needed }),
      });
    expect(await junit(10)).not.toContain('not held');
    expect(await junit()).toContain('30 dialogues were not held');
  });
});
