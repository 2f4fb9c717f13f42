import type { CaseFile } from '../scenarios/case-file.js';
import type { FailureMode } from '../taxonomy/hazard.js';
import type { NumberedTurn } from '../transcript/transcript.js';
import type { JurorVerdict } from './verdict.js';

/** All that a juror may see of a dialogue: no agent name, no director's log, no injected fault. */
export interface Evidence {
  readonly turns: readonly NumberedTurn[];
  readonly caseFile: CaseFile | undefined;
}

/** One member of the jury. Its fingerprint changes with anything that could change a verdict. */
export interface Juror {
  readonly name: string;
  readonly fingerprint: string;
  /** Ids of the failure modes that it has means to decide. */
  readonly decides: ReadonlySet<string>;
  judge(
    evidence: Evidence,
    modes: readonly FailureMode[],
    signal: AbortSignal,
  ): Promise<readonly JurorVerdict[]>;
}
