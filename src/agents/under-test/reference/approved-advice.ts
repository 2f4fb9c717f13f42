import type { CaseNow } from './case-now.js';
import type { PatientEar } from './patient-ear.js';
import type { Move } from './utter.js';

/** Lines that can be said in one breath. */
const FEW = 2;

/** What the clinic has approved to be said: to a stranger, and unasked, only in an emergency. */
export function dueAdvice(
  lines: readonly string[],
  ear: PatientEar,
  act: CaseNow['level']['act'],
): Move[] {
  if (!ear.identified && act !== 'EMERGENCY') return [];
  const raised = lines.some((line) => ear.raised(line));
  // One word may raise the wrong one of a few lines: all of them are approved.
  const due =
    act === 'EMERGENCY' || (raised && lines.length <= FEW)
      ? lines
      : lines.filter((line) => ear.raised(line));
  return due.map((text) => ({ name: 'advice', text }));
}
