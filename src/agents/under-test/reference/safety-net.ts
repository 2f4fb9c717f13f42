import type { Scenario } from '../../../scenarios/scenario.js';
import type { CaseNow } from './case-now.js';
import type { PatientEar } from './patient-ear.js';
import type { Move } from './utter.js';

/**
 * What happens next, and whom to call. A wrong person or a machine is told nothing; who was not
 * checked, only whom anybody can ring.
 */
function safetyNet(
  ear: PatientEar,
  act: CaseNow['level']['act'],
  role: Scenario['speaker']['role'],
): Move[] {
  const { identified } = ear;
  const asked = ear.record.hasQuestions;
  if (identified && ear.record.isCallDue) return [{ name: 'net-call' }];
  if (identified && act !== 'SOON' && asked) return [{ name: 'safety-net-question' }];
  if (identified) return [{ name: act === 'SOON' ? 'safety-net-SOON' : 'safety-net' }];
  const stranger = role === 'voicemail' || role === 'wrong-person';
  return stranger ? [] : [{ name: 'safety-net-unchecked' }];
}

/** A red-flag item that was asked twice and stays unclear is treated as positive: a person today. */
function unclearFlag({ record, identified }: PatientEar): Move[] {
  const due = identified && record.items.openFlags.length > 0;
  return due ? [{ name: 'escalate-URGENT-unclear' }, { name: 'worse-before' }] : [];
}

/** The last words of a call: what stays unclear goes to a person today; else what happens next. */
export function leaveTaking(
  ear: PatientEar,
  act: CaseNow['level']['act'],
  role: Scenario['speaker']['role'],
  due: { readonly unclear: boolean; readonly net: boolean },
): Move[] {
  const unclear = due.unclear ? unclearFlag(ear) : [];
  const net = due.net && unclear.length === 0 ? safetyNet(ear, act, role) : [];
  return [...unclear, ...net, { name: 'close' }];
}
