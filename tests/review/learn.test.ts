import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { juror, library } from '../fixtures.js';
import { createBehvJudge } from '../../src/judge/behv-judge.js';
import { loadJuryWeights } from '../../src/judge/jury/jury-weights.js';
import type { ModeVerdict } from '../../src/judge/verdict.js';
import { jurorWeightsSchema, learnWeights } from '../../src/review/juror-weights.js';
import { labelledSet } from '../../src/review/labelled-set.js';
import { rankUnreviewed } from '../../src/review/next-dialogues.js';
import { settleLabels } from '../../src/review/settle-labels.js';
import { labelledDialogueSchema } from '../../src/labelled/labelled-dialogue.js';
import type { SafetyLabel } from '../../src/store/review-record.js';
import { dialogueId } from '../../src/store/run-record.js';
import { label, labelled, LESSER, MAJOR, settled, stored, taxonomy, verdict } from './reviews.js';

type Votes = Readonly<Record<string, ModeVerdict['jurors'][number]['verdict']>>;
const OF = { run: 'r', judging: 'j' };

/** Rounds of what people say, and how each juror votes on one mode. */
function learn(
  rounds: readonly { unsafe: SafetyLabel['unsafe']; votes: Votes; mode?: string }[],
  rate?: number,
) {
  const dialogues = rounds.map(({ votes, mode = MAJOR }, n) =>
    stored(`S${n}/a/1`, [verdict(mode, 'fail', votes)]),
  );
  const reviewed = rounds.map(({ unsafe, mode = MAJOR }, n) =>
    settled(`S${n}/a/1`, label('ada', unsafe, { modes: unsafe === 'yes' ? [mode] : [] })),
  );
  const learned = learnWeights(OF, reviewed, dialogues, undefined, rate);
  if (!learned) throw new Error('nothing was learned');
  return learned;
}

const MISSES = { unsafe: 'yes', votes: { keen: 'fail', dull: 'pass' } } as const;
const ALARMS = { unsafe: 'no', votes: { keen: 'fail', dull: 'pass' } } as const;

describe('learnWeights', () => {
  it('takes weight from a juror that misses a Major', () => {
    const { weights, losses, order } = learn([MISSES, MISSES, MISSES]);
    expect(weights.dull).toBeLessThan(0.2);
    expect((weights.dull ?? 0) + (weights.keen ?? 0)).toBeCloseTo(1, 10);
    expect(losses).toEqual({ dull: 3, keen: 0 });
    expect(order).toEqual(['S0/a/1', 'S1/a/1', 'S2/a/1']);
  });

  it('takes a missed Major worse than another, and that worse than a false alarm', () => {
    expect(learn([{ ...MISSES, mode: LESSER }]).losses).toEqual({ dull: 0.5, keen: 0 });
    expect(learn([ALARMS]).losses).toEqual({ dull: 0, keen: 0.25 });
    // By hand: one round at rate 1, of losses 1 and 0.
    expect(learn([MISSES], 1).weights.keen).toBeCloseTo(1 / (1 + Math.exp(-1)), 10);
  });

  it('leaves a juror that gave no vote its share', () => {
    const { weights } = learn([
      { unsafe: 'yes', votes: { keen: 'fail', dull: 'pass', shy: 'abstain' } },
    ]);
    expect(weights.shy).toBeCloseTo(1 / 3, 10);
    expect(weights.keen).toBeGreaterThan(weights.dull ?? 1);
  });

  it('loses no more than its bound above the best juror', () => {
    const rounds = Array.from({ length: 30 }, (_, n) => (n % 3 === 0 ? ALARMS : MISSES));
    const { regret, regretBound, mixtureLoss, losses } = learn(rounds);
    expect(regret).toBeLessThanOrEqual(regretBound);
    expect(regret).toBeCloseTo(mixtureLoss - Math.min(losses.keen ?? 0, losses.dull ?? 0), 10);
  });

  it('has an id of what it was learned from', () => {
    expect(learn([MISSES]).id).toBe(learn([MISSES]).id);
    expect(learn([MISSES, MISSES]).id).not.toBe(learn([MISSES]).id);
    expect(learn([MISSES], 0.1).id).not.toBe(learn([MISSES]).id);
  });

  it('learns nothing from one juror, from what stayed unsure or open, or without verdicts', () => {
    const one = stored('S0/a/1', [verdict(MAJOR, 'fail', { keen: 'fail' })]);
    expect(learnWeights(OF, [settled('S0/a/1', label('ada', 'no'))], [one])).toBeUndefined();
    const two = stored('S0/a/1', [verdict(MAJOR, 'fail', MISSES.votes)]);
    expect(learnWeights(OF, [settled('S0/a/1', label('ada', 'unsure'))], [two])).toBeUndefined();
    expect(
      learnWeights(OF, [settled('S0/a/1', label('ada', 'no'))], [stored('S0/a/1')]),
    ).toBeUndefined();
  });

  it('refuses a rate at which a juror is left without weight', () => {
    expect(() => learn([MISSES, MISSES], 1000)).toThrow('left without any weight');
  });
});

describe('a jury with learned weights', () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'weights-')), 'weights.json');
  const learned = learn([MISSES, MISSES]);
  writeFileSync(file, JSON.stringify(learned));

  it('reads them from the file as they were written', () => {
    expect(jurorWeightsSchema.parse(JSON.parse(JSON.stringify(learned)))).toEqual(learned);
    expect(loadJuryWeights(file, ['keen', 'dull'])).toEqual(learned.weights);
    expect(() => loadJuryWeights(file, ['keen', 'new'])).toThrow('has no weight for new');
  });

  it('is another judge', () => {
    const prints = [
      {},
      { rule: 'weighted' as const, weights: learned.weights },
      { rule: 'weighted' as const, weights: learn([ALARMS]).weights },
    ].map((options) => createBehvJudge(library.taxonomy, [juror], options).fingerprint);
    expect(new Set(prints).size).toBe(3);
  });
});

describe('rankUnreviewed', () => {
  const SPLIT = { one: 'fail', other: 'pass' } as const;
  const rank = (
    dialogues: Parameters<typeof rankUnreviewed>[0],
    context: Partial<Parameters<typeof rankUnreviewed>[1]> = {},
  ) => rankUnreviewed(dialogues, { reviewed: new Set(), found: new Map(), failOn: [], ...context });
  const all = [
    stored('S1/a/1', [verdict(MAJOR, 'pass')]),
    stored('S2/a/1', [verdict(LESSER, 'undetermined')]),
    stored('S3/a/1', [verdict(LESSER, 'fail')]),
    stored('S4/a/1', [verdict(MAJOR, 'fail')]),
    stored('S5/a/1', [verdict(LESSER, 'fail', SPLIT)]),
    stored('S6/a/1', [verdict(MAJOR, 'undetermined')]),
  ];
  const order = (ranked: ReturnType<typeof rank>) =>
    ranked.map(({ dialogue }) => dialogue.slice(0, 2));

  it('puts what a gate waits for first, then the disputed, the grave, the rare, the undecided', () => {
    expect(order(rank(all))).toEqual(['S5', 'S4', 'S6', 'S3', 'S2', 'S1']);
    expect(order(rank(all, { failOn: ['severity>=major'] }))[0]).toBe('S6');
    expect(rank(all, { failOn: ['severity>=major'] })[0]?.why).toContain('a gate waits for 1');
  });

  it('knows what gates of a rate and of what is undetermined wait for', () => {
    const [hazard = ''] = MAJOR.split('-');
    expect(order(rank(all, { failOn: [`rate(${hazard})>0.1`] }))[0]).toBe('S6');
    expect(order(rank(all, { failOn: ['undetermined>0.3'] })).slice(0, 2)).toEqual(['S6', 'S2']);
  });

  it('ranks a mode lower once several labels have found it', () => {
    const two = [
      stored('S1/a/1', [verdict(MAJOR, 'fail')]),
      stored('S2/a/1', [verdict(modeOther(), 'fail')]),
    ];
    expect(order(rank(two, { found: new Map([[MAJOR, 3]]) }))).toEqual(['S2', 'S1']);
  });

  it('leaves out what somebody labelled, and what does not count', () => {
    const [first] = all;
    const invalid = first?.attempt && {
      ...first,
      attempt: { ...first.attempt, standing: 'invalid' as const },
    };
    expect(
      order(
        rank([...all.slice(1), ...(invalid ? [invalid] : [])], { reviewed: new Set(['S5/a/1']) }),
      ),
    ).toEqual(['S4', 'S6', 'S3', 'S2']);
  });

  it('has the dialogues of a run that nobody judged', () => {
    expect(rank([stored('S1/a/1')])).toEqual([{ dialogue: 'S1/a/1', why: 'not judged' }]);
    expect(rank([stored('S1/a/1', [verdict(MAJOR, 'pass')])])[0]?.why).toBe('all passed');
  });

  function modeOther(): string {
    const other = [...taxonomy.modes.values()].find(
      ({ id, severity }) => id !== MAJOR && severity === 'Major',
    );
    return other?.id ?? '';
  }
});

describe('labelledSet', () => {
  const of = (...labels: SafetyLabel[]) => {
    const dialogue = stored('S1/a/1');
    const set = labelledSet(
      settleLabels(labelled(dialogueId(dialogue), ...labels)),
      [dialogue],
      taxonomy,
    );
    return set.map((each) => labelledDialogueSchema.parse(each));
  };

  it('has the modes with their turns of what reviewers settled on', () => {
    const said = { modes: [MAJOR] };
    expect(of(label('ada', 'yes', said), label('bo', 'yes', said))).toMatchObject([
      {
        id: 'S1/a/1',
        hazard: 'H01',
        scenario: 'S1',
        unsafe: true,
        labels: [{ failureMode: MAJOR, turn: 3 }],
      },
    ]);
    expect(of(label('ada', 'no'))).toMatchObject([{ unsafe: false, labels: [] }]);
  });

  it('has whether it was unsafe alone where the modes are not complete', () => {
    const nowhere = [{ failureMode: MAJOR, turn: null, severity: null, comment: '' }];
    for (const labels of [
      [label('ada', 'yes', { comment: 'rude' })],
      [{ ...label('ada', 'yes'), findings: nowhere }],
      [label('ada', 'yes', { modes: [MAJOR] }), label('bo', 'yes', { modes: [LESSER] })],
    ]) {
      expect(of(...labels)).toMatchObject([{ unsafe: true }]);
      expect(of(...labels)[0]).not.toHaveProperty('labels');
    }
    expect(of(label('ada', 'no', { modes: [LESSER] }))[0]).not.toHaveProperty('labels');
  });

  it('leaves out what is open, unsure, or was chosen', () => {
    expect(of(label('ada', 'yes'), label('bo', 'no'))).toEqual([]);
    expect(of(label('ada', 'unsure'))).toEqual([]);
    expect(of(label('ada', 'yes', { source: 'chosen' }))).toEqual([]);
  });
});
