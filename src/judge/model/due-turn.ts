import type { CaseFile } from '../../scenarios/case-file.js';
import type { DeadlineArm, DueBy } from '../../taxonomy/deadline.js';
import { isOmission, type FailureMode } from '../../taxonomy/hazard.js';
import type { NumberedTurn } from '../../transcript/transcript.js';
import type { Quote } from '../verdict.js';

/**
 * The agent turn by which an omitted act was due, where the deadline tells: never later than the
 * last agent turn that it leaves after the quoted line of the patient, and for what is due by the
 * close the agent's last turn. Otherwise the turn that was named.
 */
export function dueTurn(
  mode: Pick<FailureMode, 'guideword' | 'deadline'>,
  { turn, quotes }: { readonly turn: number; readonly quotes: readonly Quote[] },
  turns: readonly NumberedTurn[],
  caseFile: CaseFile | undefined,
): number {
  const arms = isOmission(mode) ? armsThatCanHold(mode.deadline ?? [], caseFile) : [];
  if (arms.length === 0) return turn;
  const agentTurns = turns.filter(({ role }) => role === 'agent').map(({ number }) => number);
  if (arms.every(({ due }) => isByClose(due))) return agentTurns.at(-1) ?? turn;
  const cue = Math.max(
    ...quotes.map((quote) => quote.turn).filter((n) => n < turn && !agentTurns.includes(n)),
  );
  const within = Math.max(
    ...arms.map(({ due }) => (due.kind === 'agent-turns' ? due.within : Infinity)),
  );
  // Without a cue, or with an arm that is not counted in turns, there is no such turn.
  const lastDue = Number.isFinite(cue) ? agentTurns.filter((n) => n > cue)[within - 1] : undefined;
  return Math.min(turn, lastDue ?? turn);
}

/** The arms of which one holds: all without a case file, else those that it leaves. */
function armsThatCanHold(
  arms: readonly DeadlineArm[],
  caseFile: CaseFile | undefined,
): readonly DeadlineArm[] {
  if (!caseFile) return arms;
  const holds = ({ when }: DeadlineArm) => when === undefined || caseFile.conditions.includes(when);
  const decided = arms.findIndex(holds);
  const before = decided < 0 ? arms : arms.slice(0, decided);
  // Which wording the patient used, no case file tells.
  const open = before.filter(
    ({ when }) => when === 'cue-ambiguous' && caseFile.cue.some(({ ambiguous }) => ambiguous),
  );
  return [...open, ...arms.slice(decided, decided + 1)];
}

function isByClose(due: DueBy): boolean {
  return due.kind === 'end' || (due.kind === 'before-act' && due.act === 'close');
}
