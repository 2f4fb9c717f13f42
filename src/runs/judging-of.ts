import type { Clock } from '../determinism.js';
import { shortFingerprint } from '../fingerprint.js';
import type { BehvJudge } from '../judge/behv-judge.js';
import type { Judging } from '../store/run-record.js';

/** The record under which a judge's verdicts on a run are kept. */
export function judgingOf(judge: BehvJudge, clock: Clock): Judging {
  return {
    id: `j-${shortFingerprint(judge.fingerprint)}`,
    createdAt: clock().toISOString(),
    judgeFingerprint: judge.fingerprint,
    jurors: [...judge.jurors],
    decides: [...judge.decides],
  };
}
