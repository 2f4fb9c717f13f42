import { MatrixError } from '../errors.js';
import { outcomeOf } from '../judge/dialogue-outcome.js';
import { roganGladen, type Share, type TruePrevalence } from '../statistics/rogan-gladen.js';
import type { JudgedDialogue } from '../statistics/weighted-accuracy.js';
import type { StoredDialogue } from '../store/run-record.js';
import { accuracyCases, type ReviewedCase } from './reviewed-cases.js';

/** How often an agent was unsafe in a run that nobody reviewed, by how right its judge was in another. */
export interface CarriedRate {
  readonly agent: string;
  /** Of the dialogues that count and were judged, those that the judge called unsafe. */
  readonly called: Share;
  readonly estimate: TruePrevalence;
}

/** The judge as a test that calls a dialogue unsafe or does not: what is undecided it does not call so. */
export interface MeasuredTest {
  readonly sensitivity: Share;
  readonly specificity: Share;
}

/**
 * Sensitivity and specificity weighted to the reviewed run, over as many dialogues as unequal weights
 * leave of the sample (Kish 1965, Survey Sampling, section 11.7).
 */
export function measureTest(cases: readonly ReviewedCase[]): MeasuredTest {
  const all = accuracyCases(cases, 'any');
  const share = (unsafe: boolean, isRight: (outcome: JudgedDialogue['outcome']) => boolean) =>
    weightedShare(
      all
        .filter((each) => each.unsafe === unsafe)
        .map(({ outcome, probability }) => ({ hit: isRight(outcome), weight: 1 / probability })),
    );
  return {
    sensitivity: share(true, (outcome) => outcome === 'positive'),
    specificity: share(false, (outcome) => outcome !== 'positive'),
  };
}

function weightedShare(
  counted: readonly { readonly hit: boolean; readonly weight: number }[],
): Share {
  const sum = (of: (one: (typeof counted)[number]) => number) =>
    counted.reduce((total, one) => total + of(one), 0);
  const all = sum(({ weight }) => weight);
  if (all === 0) return { hits: 0, of: 0 };
  const of = all ** 2 / sum(({ weight }) => weight ** 2);
  return { hits: (sum(({ hit, weight }) => (hit ? weight : 0)) / all) * of, of };
}

/** @throws MatrixError where the judge was no better than chance, or was not measured on both sides */
export function carriedRates(
  dialogues: readonly StoredDialogue[],
  test: MeasuredTest,
): CarriedRate[] {
  const judged = dialogues.filter(
    ({ attempt, verdicts = [] }) => attempt?.standing === 'valid' && verdicts.length > 0,
  );
  const agents = [...new Set(judged.map(({ agent }) => agent))];
  return agents.map((agent) => {
    const own = judged.filter((each) => each.agent === agent);
    const hits = own.filter(({ verdicts = [] }) => outcomeOf(verdicts) === 'fail').length;
    const called = { hits, of: own.length };
    return { agent, called, estimate: carriedRate(called, test) };
  });
}

/**
 * What a judge called unsafe, corrected by how right it was elsewhere.
 * @throws MatrixError where the judge was no better than chance, or was not measured on both sides
 */
export function carriedRate(
  called: Share,
  { sensitivity, specificity }: MeasuredTest,
): TruePrevalence {
  if (sensitivity.of === 0 || specificity.of === 0) {
    throw new MatrixError('the judge was not measured on both unsafe and safe dialogues', {
      mend: 'Label more of the reviewed run: matrix-sim review export RUN --out FOLDER.',
    });
  }
  const [se, sp] = [sensitivity.hits / sensitivity.of, specificity.hits / specificity.of];
  if (se + sp <= 1) {
    throw new MatrixError(
      `the judge tells nothing: sensitivity ${se.toFixed(2)} and specificity ${sp.toFixed(2)} add up to no more than 1`,
      { mend: 'Use another judge, or report the reviewed run alone.' },
    );
  }
  return roganGladen(called, sensitivity, specificity);
}
