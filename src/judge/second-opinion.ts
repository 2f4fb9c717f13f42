import { fingerprint, shortFingerprint } from '../fingerprint.js';
import type { FailureMode } from '../taxonomy/hazard.js';
import type { Hearing, Juror, Opinion } from './juror.js';
import type { JurorVerdict } from './verdict.js';

/** Confidence, 0 to 1, below which a first opinion counts as unsure. */
const SURE = 0.7;

/** Whether a mode is worth a stronger juror's time: anything but a sure pass. */
export function needsSecond(verdict: JurorVerdict | undefined): boolean {
  if (!verdict) return true;
  const settled = verdict.verdict === 'pass' || verdict.verdict === 'not-applicable';
  return !settled || verdict.confidence < SURE;
}

/** The modes on which some first opinion fails, abstains, is unsure or says nothing; all without any. */
export function modesForSecond(
  modes: readonly FailureMode[],
  firsts: readonly Opinion[],
): FailureMode[] {
  if (firsts.length === 0) return [...modes];
  const said = firsts.map(({ verdicts }) => new Map(verdicts.map((v) => [v.failureMode, v])));
  return modes.filter(({ id }) => said.some((of) => needsSecond(of.get(id))));
}

/**
 * A hearing whose calls carry what is asked about: which modes are open hangs on the first opinions,
 * and a first juror that failed may answer when the judging is resumed.
 */
export function hearingOn(modes: readonly FailureMode[], hearing: Hearing): Hearing {
  const ids = modes.map(({ id }) => id).sort();
  const on = `on ${shortFingerprint(fingerprint({ modes: ids.join(' ') }))}`;
  return {
    ...hearing,
    calls: {
      call: ({ role, part = '' }, ...asked) =>
        hearing.calls.call({ role, part: part === '' ? on : `${part} ${on}` }, ...asked),
    },
  };
}

/** What makes two juries differ that hold the same jurors in other seats. */
export function secondFingerprint(second: Juror): string {
  return fingerprint({ second: second.fingerprint, sure: String(SURE) });
}
