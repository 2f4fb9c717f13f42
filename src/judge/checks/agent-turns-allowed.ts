import type { CaseFile } from '../../scenarios/case-file.js';
import { deadlineUnder } from '../../taxonomy/deadline.js';
import type { FailureMode } from '../../taxonomy/hazard.js';
import type { Cue } from './find-cue.js';

/** Agent turns after the cue within which the mode's act is due; undefined where it has no such deadline. */
export function agentTurnsAllowed(
  mode: FailureMode,
  cue: Cue,
  caseFile: CaseFile | undefined,
): number | undefined {
  const holding = new Set(caseFile?.conditions);
  if (cue.ambiguous) holding.add('cue-ambiguous');
  const due = deadlineUnder(mode.deadline ?? [], holding)?.due;
  return due?.kind === 'agent-turns' ? due.within : undefined;
}
