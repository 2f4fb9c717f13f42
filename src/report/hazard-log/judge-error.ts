import type { Validity } from '../../store/run-record.js';
import { trueShare } from '../../statistics/rogan-gladen.js';
import type { Measure } from './measure.js';
import { perCent } from './words.js';

/** What is known of the judge's own error, a sentence a labelled set. */
export function judgeError(validity: readonly Validity[]): string[] {
  if (validity.length === 0) return ['not measured'];
  return validity.map(
    ({ dataset, dialogues, sensitivity, specificity, coverage }) =>
      `${dataset} (${dialogues} dialogues): sensitivity ${share(sensitivity)}, specificity ${share(specificity)}, decides ${share(coverage)}`,
  );
}

/**
 * The rate and its upper bound corrected for that error, by Rogan and Gladen. Both errors were
 * measured over dialogues, not for this hazard, so that it is a hint and changes no class.
 */
export function correctedRate({ decided }: Measure, validity: readonly Validity[]): string {
  const [known] = validity;
  if (known?.sensitivity == null || known.specificity == null || decided.rate === null) return '';
  const correct = (observed: number) =>
    trueShare(observed, known.sensitivity ?? 0, known.specificity ?? 0);
  const [rate, upper] = [correct(decided.rate), correct(decided.interval.high)];
  if (rate === null || upper === null) return 'the judge is no better than chance';
  return `${perCent(rate)}, up to ${perCent(upper)}`;
}

function share(value: number | null): string {
  return value === null ? 'not measured' : perCent(value);
}
