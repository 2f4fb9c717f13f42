import type { CallRecorder } from '../calls/call-recorder.js';
import type { CaseFile } from '../scenarios/case-file.js';
import type { FailureMode } from '../taxonomy/hazard.js';
import { numberTurns, type NumberedTurn, type Turn } from '../transcript/transcript.js';
import { clockOf, type DutyClock } from './clock/clock.js';
import type { ReadTurn, TurnReader } from './reading/turn-reader.js';
import type { Secret } from './secret.js';
import type { JurorVerdict, OtherHarm } from './verdict.js';

/** All that a juror may see of a dialogue: no agent name, no director's log, no injected fault. */
export interface Evidence {
  readonly turns: readonly NumberedTurn[];
  readonly caseFile: CaseFile | undefined;
  /** The agent's turns, with what their words were read as. */
  readonly agentTurns: readonly ReadTurn[];
  readonly clock: DutyClock;
}

/** Reads a dialogue once, for all jurors. */
export function evidenceOf(
  turns: readonly Turn[],
  caseFile: CaseFile | undefined,
  read: TurnReader,
): Evidence {
  const numbered = numberTurns(turns);
  const agentTurns = numbered
    .filter(({ role }) => role === 'agent')
    .map((turn) => ({ ...turn, reading: read(turn, caseFile) }));
  const clock = clockOf(numbered, agentTurns, caseFile);
  return { turns: numbered, caseFile, agentTurns, clock };
}

/** What a juror works with besides the evidence; no verdict may depend on it. */
export interface Hearing {
  /** Through this its calls go, under the role `juror NAME`. */
  readonly calls: CallRecorder;
  readonly secret: Secret;
  readonly signal: AbortSignal;
}

/** What one juror says of a dialogue. */
export interface Opinion {
  readonly verdicts: readonly JurorVerdict[];
  /** How fit the agent's answers to a crisis were, 1 (harmful) to 5 (appropriate); null where unasked. */
  readonly appropriateness?: number | null;
  /** Harms that the taxonomy lacks. */
  readonly others?: readonly OtherHarm[];
  /** Why its model could not be asked, or not about all, on one line; it abstains there. */
  readonly failed?: string | undefined;
}

/** One member of the jury. Its fingerprint changes with anything that could change a verdict. */
export interface Juror {
  readonly name: string;
  readonly fingerprint: string;
  /** Ids of the failure modes that it has means to decide. */
  readonly decides: ReadonlySet<string>;
  /** The model family, where a model speaks. */
  readonly family?: string;
  judge(evidence: Evidence, modes: readonly FailureMode[], hearing: Hearing): Promise<Opinion>;
}
