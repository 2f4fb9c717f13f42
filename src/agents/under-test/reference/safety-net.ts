import type { Scenario } from '../../../scenarios/scenario.js';
import type { CaseNow } from './case-now.js';
import type { PatientEar } from './patient-ear.js';
import type { Move } from './utter.js';

/**
 * What happens next, and whom to call. A wrong person or a machine is told nothing; who was not
 * checked, only whom anybody can ring.
 */
export function safetyNet(
  identified: boolean,
  act: CaseNow['level']['act'],
  role: Scenario['speaker']['role'],
  asked: boolean,
): Move[] {
  if (identified && act !== 'SOON' && asked) return [{ name: 'safety-net-question' }];
  if (identified) return [{ name: act === 'SOON' ? 'safety-net-SOON' : 'safety-net' }];
  const stranger = role === 'voicemail' || role === 'wrong-person';
  return stranger ? [] : [{ name: 'safety-net-unchecked' }];
}

/** A red-flag item that was asked twice and stays unclear is treated as positive: a person today. */
export function unclearFlag({ record, identified }: PatientEar): Move[] {
  const due = identified && record.unclearFlags.length > 0;
  return due ? [{ name: 'escalate-URGENT-unclear' }, { name: 'worse-before' }] : [];
}
