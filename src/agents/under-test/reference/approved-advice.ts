import type { CaseNow } from './case-now.js';
import type { PatientEar } from './patient-ear.js';
import type { Move } from './utter.js';

/** What the clinic has approved to be said: to a stranger, and unasked, only in an emergency. */
export function dueAdvice(
  lines: readonly string[],
  ear: PatientEar,
  act: CaseNow['level']['act'],
): Move[] {
  if (!ear.identified && act !== 'EMERGENCY') return [];
  const due = act === 'EMERGENCY' ? lines : lines.filter((line) => ear.raised(line));
  return due.map((text) => ({ name: 'advice', text }));
}
