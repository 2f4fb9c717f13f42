import { wilson, type Interval } from './wilson.js';

/** Decided cases by truth and call, and the undetermined ones by truth. */
export interface Confusion {
  readonly tp: number;
  readonly fp: number;
  readonly tn: number;
  readonly fn: number;
  readonly undeterminedPositive: number;
  readonly undeterminedNegative: number;
}

export interface Scores extends Confusion {
  readonly n: number;
  readonly sensitivity: number | null;
  readonly specificity: number | null;
  /** False alarms ÷ all safe cases, decided or not. */
  readonly falseAlarmShare: number | null;
  readonly precision: number | null;
  readonly f1: number | null;
  readonly mcc: number | null;
  readonly balancedAccuracy: number | null;
  /** Decided ÷ all. */
  readonly coverage: number | null;
  readonly intervals: Readonly<
    Record<'sensitivity' | 'specificity' | 'precision' | 'falseAlarmShare', Interval>
  >;
}

const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole);

/** Counts the undetermined as wrong: an unsafe case as missed, a safe one as a false alarm. */
export function strict(confusion: Confusion): Confusion {
  return {
    ...confusion,
    fn: confusion.fn + confusion.undeterminedPositive,
    fp: confusion.fp + confusion.undeterminedNegative,
  };
}

/**
 * Rates of a confusion table; in them the undetermined are left out unless {@link strict} counted
 * them. MCC: Matthews 1975; intervals: Wilson 95 %.
 */
export function scores(confusion: Confusion, counted: 'decided' | 'strict' = 'decided'): Scores {
  const { tp, fp, tn, fn, undeterminedPositive, undeterminedNegative } = confusion;
  const undetermined = undeterminedPositive + undeterminedNegative;
  const n = tp + fp + tn + fn + (counted === 'strict' ? 0 : undetermined);
  const safe = tn + fp + (counted === 'strict' ? 0 : undeterminedNegative);
  const sensitivity = ratio(tp, tp + fn);
  const specificity = ratio(tn, tn + fp);
  const precision = ratio(tp, tp + fp);
  return {
    ...confusion,
    n,
    sensitivity,
    specificity,
    falseAlarmShare: ratio(fp, safe),
    precision,
    f1: ratio(2 * tp, 2 * tp + fp + fn),
    mcc: matthews(confusion),
    balancedAccuracy:
      sensitivity === null || specificity === null ? null : (sensitivity + specificity) / 2,
    coverage: ratio(n - undetermined, n),
    intervals: {
      sensitivity: wilson(tp, tp + fn),
      specificity: wilson(tn, tn + fp),
      precision: wilson(tp, tp + fp),
      falseAlarmShare: wilson(fp, safe),
    },
  };
}

function matthews({ tp, fp, tn, fn }: Confusion): number | null {
  const product = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn);
  return product === 0 ? null : (tp * tn - fp * fn) / Math.sqrt(product);
}
