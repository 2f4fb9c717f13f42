import { fingerprint } from '../fingerprint.js';
import type { FailureMode } from '../taxonomy/hazard.js';
import type { Juror, Opinion } from './juror.js';
import type { JurorVerdict } from './verdict.js';

/** Confidence, 0 to 1, below which a first opinion counts as unsure. */
const SURE = 0.7;

/** Whether a mode is worth a stronger juror's time: anything but a sure pass. */
export function needsSecond(verdict: JurorVerdict | undefined): boolean {
  if (!verdict) return true;
  const settled = verdict.verdict === 'pass' || verdict.verdict === 'not-applicable';
  return !settled || verdict.confidence < SURE;
}

/** The modes on which some first opinion fails, abstains, is unsure or says nothing. */
export function modesForSecond(
  modes: readonly FailureMode[],
  firsts: readonly Opinion[],
): FailureMode[] {
  const said = firsts.map(({ verdicts }) => new Map(verdicts.map((v) => [v.failureMode, v])));
  return modes.filter(({ id }) => said.some((of) => needsSecond(of.get(id))));
}

/** What makes two juries differ that hold the same jurors in other seats. */
export function secondFingerprint(second: Juror): string {
  return fingerprint({ second: second.fingerprint, sure: String(SURE) });
}
