import { describe, expect, it } from 'vitest';
import { agreementOfRun } from '../../src/review/agreement-of-run.js';
import {
  measureAgreement,
  UNSAFE_SCALE,
  type Agreement,
  type RatedDialogue,
} from '../../src/review/agreement.js';
import { renderAgreement } from '../../src/review/render-agreement.js';
import { settleLabels } from '../../src/review/settle-labels.js';
import { label, labelled, LESSER, MAJOR, stored, taxonomy, verdict } from './reviews.js';

const rated = (...all: (string | null)[][]): RatedDialogue[] =>
  all.map((ratings, n) => ({ cluster: `S${n}`, ratings }));
const valueOf = ({ measures }: Agreement | { measures: Agreement['measures'] }, name: string) =>
  measures.find((each) => each.name === name)?.value;
const times = (count: number, ratings: string[]) => Array.from({ length: count }, () => ratings);

describe('measureAgreement', () => {
  it('is as by hand for two raters', () => {
    // 4 yes/yes, 1 yes/no, 2 no/yes, 3 no/no: agreed .7; by chance .5 × .6 + .5 × .4 = .5.
    const table = rated(
      ...times(4, ['yes', 'yes']),
      ['yes', 'no'],
      ...times(2, ['no', 'yes']),
      ...times(3, ['no', 'no']),
    );
    const agreement = measureAgreement(table, UNSAFE_SCALE, 1);
    expect(agreement.dialogues).toBe(10);
    expect(valueOf(agreement, 'raw agreement')).toBeCloseTo(0.7, 10);
    expect(valueOf(agreement, "Cohen's κ")).toBeCloseTo(0.4, 10);
    // AC1 over three categories: Σ π(1 − π) ÷ 2 = (.55 × .45 + .45 × .55) ÷ 2 = .2475.
    expect(valueOf(agreement, "Gwet's AC1")).toBeCloseTo((0.7 - 0.2475) / (1 - 0.2475), 10);
    // α: disagreement .3 against 2 × 11 × 9 ÷ (20 × 19) expected.
    expect(valueOf(agreement, "Krippendorff's α")).toBeCloseTo(1 - 0.3 / (198 / 380), 10);
    for (const { interval, value } of agreement.measures) {
      expect(interval?.low).toBeLessThan(value ?? NaN);
      expect(interval?.high).toBeGreaterThan(value ?? NaN);
    }
  });

  it('takes Fleiss for three raters, over dialogues that all of them rated', () => {
    const agreement = measureAgreement(
      rated(
        ['yes', 'yes', 'yes'],
        ['no', 'no', 'no'],
        ['yes', 'no', 'no'],
        ['yes', null, 'yes'],
        [null, null, 'no'],
      ),
      UNSAFE_SCALE,
      1,
    );
    expect(agreement.dialogues).toBe(4);
    expect(valueOf(agreement, "Cohen's κ")).toBeUndefined();
    // P = (1 + 1 + 1/3) ÷ 3; by chance (4/9)² + (5/9)².
    expect(valueOf(agreement, "Fleiss' κ")).toBeCloseTo((7 / 9 - 41 / 81) / (1 - 41 / 81), 10);
  });

  it('says nothing where nobody was read twice', () => {
    for (const table of [rated(), rated(['yes'], ['no']), rated(['yes', null])]) {
      const { dialogues, measures } = measureAgreement(table, UNSAFE_SCALE, 1);
      expect(dialogues).toBe(0);
      expect(measures.map(({ value }) => value).filter((value) => value !== null)).toEqual([]);
    }
  });
});

describe('agreementOfRun', () => {
  const dialogues = [
    stored('S1/a/1', [verdict(MAJOR, 'fail', { keen: 'fail', dull: 'pass' })]),
    stored('S2/a/1', [verdict(MAJOR, 'pass', { keen: 'pass', dull: 'pass' })]),
    stored('S3/a/1', [verdict(LESSER, 'undetermined', { keen: 'abstain', dull: 'pass' })]),
  ];
  const reviewed = settleLabels([
    ...labelled(
      'S1/a/1',
      label('ada', 'yes', { modes: [MAJOR] }),
      label('bo', 'yes', { modes: [MAJOR] }),
      label('cy', 'yes', { modes: [MAJOR] }),
    ),
    ...labelled('S2/a/1', label('ada', 'no'), label('bo', 'no')),
    ...labelled('S3/a/1', label('ada', 'yes', { modes: [LESSER] }), label('bo', 'no')),
    ...labelled('S4/a/1', label('eve', 'yes', { source: 'chosen' })),
  ]);
  const agreement = agreementOfRun(reviewed, dialogues, taxonomy, 1);

  it('is of those who were given dialogues, all together and by pairs', () => {
    expect(agreement.reviewers).toEqual(['ada', 'bo', 'cy']);
    expect(agreement.pairs.map(({ pair, agreement: { dialogues: n } }) => [pair, n])).toEqual([
      ['ada and bo', 3],
      ['ada and cy', 1],
      ['bo and cy', 1],
    ]);
    expect([agreement.settled, agreement.open]).toEqual([2, 1]);
    expect(agreement.together.map(({ question }) => question)).toEqual(['unsafe', 'severity']);
  });

  it('holds judge and jurors against what was settled', () => {
    const raw = agreement.judges.map(({ name, agreement: each }) => [
      name,
      valueOf(each, 'raw agreement'),
    ]);
    expect(raw).toEqual([
      ['judge', 1],
      ['dull', 0.5],
      ['keen', 1],
    ]);
  });

  it('is told in lines that fit', () => {
    const lines = renderAgreement('r', agreement);
    expect(lines[0]).toBe('3 reviewers (ada, bo, cy): 2 dialogues settled, 1 open');
    expect(lines.at(-1)).toContain('review adjudicate r');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(renderAgreement('r', agreementOfRun([], dialogues, taxonomy, 1))[0]).toBe(
      'No reviewer has labelled run r.',
    );
  });

  it('is empty of agreement for one reviewer', () => {
    const alone = agreementOfRun(
      settleLabels(labelled('S1/a/1', label('ada', 'no'))),
      dialogues,
      taxonomy,
      1,
    );
    expect(alone.pairs).toEqual([]);
    expect(alone.together.map((each) => each.dialogues)).toEqual([0, 0]);
    expect(alone.judges[0]?.agreement.dialogues).toBe(1);
  });
});
