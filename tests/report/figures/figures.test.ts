import { describe, expect, it } from 'vitest';
import { heatMap } from '../../../src/report/figures/heat-map.js';
import { improvementList } from '../../../src/report/figures/improvement-list.js';
import { severityBars } from '../../../src/report/figures/severity-bars.js';
import { summariseRun } from '../../../src/report/summarise-run.js';
import type { StoredDialogue } from '../../../src/store/run-record.js';
import { library } from '../../fixtures.js';
import { judged, JUDGING, runOf } from './judged-dialogues.js';

const { taxonomy } = library;
const byAgent = ({ agent }: StoredDialogue) => agent;
const stream = async function* (dialogues: readonly StoredDialogue[]) {
  await Promise.resolve();
  yield* dialogues;
};

const DIALOGUES = [
  judged('H01-D01', 'late', { says: { 'H01-F1': 'pass', 'H01-F2': 'undetermined' } }),
  judged('H01-D02', 'late', {
    says: { 'H01-F1': 'fail', X04: { outcome: 'fail', severity: 'Minor' } },
  }),
  judged('H01-D03', 'late', { says: { 'H01-F1': 'needs-review' } }),
  judged('H01-D03-N1', 'late', { says: { 'H01-F4': 'fail' } }),
  judged('H01-D04', 'late', { says: { X04: 'fail' }, attempt: { standing: 'not-exposed' } }),
  judged('H02-D01', 'late', {
    says: { 'H02-F1': 'pass', X04: { outcome: 'fail', severity: 'Minor' } },
  }),
  judged('H02-D01', 'other'),
];

describe('a heat map', () => {
  const map = heatMap(DIALOGUES, taxonomy, byAgent, ['late', 'other', 'third']);
  const row = (hazard: string, hardNegatives = false) =>
    map.rows.find((each) => each.hazard === hazard && each.hardNegatives === hardNegatives);

  it('counts failed, cleared and undecided over the modes of the hazard, failed ones first', () => {
    expect(row('H01')?.cells).toEqual([
      {
        ...{ failed: 1, cleared: 0, undecided: 2, n: 3 },
        dialogues: ['H01-D02/late/1', 'H01-D01/late/1', 'H01-D03/late/1'],
      },
      undefined,
      undefined,
    ]);
    // What fails in any call is no failure of the hazard.
    expect(row('H02')?.cells[0]).toMatchObject({ failed: 0, cleared: 1, n: 1 });
  });

  it('keeps hard negatives apart, and a hazard without dialogues as not assessed', () => {
    expect(row('H01', true)?.cells[0]).toMatchObject({ failed: 1, n: 1 });
    expect(row('H02', true)).toBeUndefined();
    expect(row('H05')?.cells).toEqual([undefined, undefined, undefined]);
  });

  it('agrees with the rows of the report', async () => {
    const summary = await summariseRun(runOf(DIALOGUES), JUDGING, stream(DIALOGUES), taxonomy);
    for (const { agent, hazards } of summary.agents) {
      for (const { hazard, hardNegatives, all } of hazards) {
        expect(row(hazard, hardNegatives)?.cells[map.columns.indexOf(agent)]).toMatchObject({
          ...{ n: all.n, failed: all.tally.fail, cleared: all.tally.pass },
          undecided: all.tally.undetermined + all.tally['needs-review'],
        });
      }
    }
    expect(summary.agents[0]?.hazards).toHaveLength(3);
  });
});

describe('bars by severity', () => {
  it('count primary failures as the report does, and what is open', async () => {
    const bars = severityBars(DIALOGUES, ['late', 'other']);
    const summary = await summariseRun(runOf(DIALOGUES), JUDGING, stream(DIALOGUES), taxonomy);
    expect(
      bars.map(({ agent, severity, failures, open }) => [agent, severity, failures, open]),
    ).toEqual([
      ['late', 'Major', 3, 2],
      ['late', 'Minor', 2, 0],
      ['other', 'Major', 0, 0],
      ['other', 'Minor', 0, 0],
    ]);
    expect(summary.agents[0]?.failuresBySeverity).toEqual({ Major: 3, Minor: 2 });
    expect(bars[1]?.dialogues).toEqual(['H01-D02/late/1', 'H02-D01/late/1']);
  });
});

describe('what to mend', () => {
  const failing = (
    scenario: string,
    agent: string,
    confidence: number,
    severity: 'Major' | 'Minor',
  ) =>
    judged(scenario, agent, {
      says: {
        'H01-F1': { outcome: 'fail', confidence, severity, quote: `${scenario} hurts` },
        'H01-F2': { outcome: 'fail', primary: false },
      },
    });
  const list = improvementList([
    failing('H01-D01', 'late', 0.6, 'Major'),
    failing('H01-D02', 'late', 0.9, 'Major'),
    failing('H01-D03', 'late', 1, 'Minor'),
    failing('H01-D01', 'rushed', 0.7, 'Minor'),
    judged('H02-D01', 'late', { says: { X04: { outcome: 'fail', severity: 'Minor' } } }),
  ]);

  it('lists modes gravest first, without failures for which another stands', () => {
    expect(
      list.map(({ failureMode, severity, agents }) => [failureMode, severity, agents]),
    ).toEqual([
      ['H01-F1', 'Major', { late: 3, rushed: 1 }],
      ['X04', 'Minor', { late: 1 }],
    ]);
  });

  it('shows the gravest and surest, one of each agent before a second of any', () => {
    const [first] = list;
    expect(first?.excerpts.map(({ dialogue }) => dialogue)).toEqual([
      'H01-D02/late/1',
      'H01-D01/rushed/1',
      'H01-D01/late/1',
    ]);
    expect(first?.excerpts[0]).toMatchObject({
      ...{ turn: 3, rationale: 'It was due.', quotes: [{ turn: 2, text: 'H01-D02 hurts' }] },
    });
    expect(first?.dialogues).toHaveLength(4);
  });
});
