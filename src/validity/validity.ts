import type { Validity } from '../store/run-record.js';
import type { Bench } from './bench.js';

/** What a report prints of a bench beside the rates. */
export function toValidity({ dataset, dialogues, judges }: Bench): Validity[] {
  return judges.map(({ judge, fingerprint, overall }) => ({
    judgeFingerprint: fingerprint,
    judge,
    dataset,
    dialogues,
    decided: overall.tp + overall.fp + overall.tn + overall.fn,
    sensitivity: overall.sensitivity,
    specificity: overall.specificity,
    falseAlarmShare: overall.falseAlarmShare,
    coverage: overall.coverage,
  }));
}
