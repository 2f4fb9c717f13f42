import type { CaseNow } from './case-now.js';
import { ruleFor, startsWithAny, type HandlingPlan } from './plan-handling.js';
import type { Move } from './utter.js';
import type { Fault, Rules } from './reference-data.js';

/** The last turn of a call: what is said, then what leaves the call, with a question answered between. */
export interface Ending {
  readonly before: readonly string[];
  /** Says where a question that is still open will be answered. */
  readonly question: string;
  readonly leaves: readonly string[];
}

/**
 * How a call ends by its level, by whether the caller agrees to what the level asks for. Duties
 * beside the level are said unless they were; an escalation is not said twice.
 */
export function planEnding(
  rules: Rules,
  now: CaseNow,
  agreed: boolean,
  faults: readonly Fault[],
  said: (move: string) => boolean,
): Ending {
  const { accepted, otherwise, question } = ruleFor(rules.endings, now);
  const dropped = faults.flatMap((fault) => (fault.kind === 'dropped' ? fault.moves : []));
  const moves = (agreed ? (accepted ?? otherwise) : otherwise).filter(
    (move) => !startsWithAny(move, dropped),
  );
  const news = moves.slice(0, -1).filter((move) => !move.startsWith('escalate-') || !said(move));
  const due = now.duties
    .flatMap((duty) => rules.duties[duty] ?? [])
    .filter((move) => !said(move) && !moves.includes(move))
    .filter((move) => move !== 'escalate-HANDOVER' || !moves.some(bringsPerson))
    .map((move) =>
      move === 'escalate-SOON' && moves.some(bringsPerson) ? `${move}-beside` : move,
    );
  return { before: [...news, ...due], question, leaves: moves.slice(-1) };
}

/** "I hear you, and still" is for who objects; who only spoke of something else is told it again. */
export function unlessObjected(moves: readonly string[], objects: boolean): string[] {
  return objects ? [...moves] : moves.map((move) => move.replace(/^hold-/, 'stands-'));
}

/** Who did not hear what to do is told that again, in place of being urged to do it. */
export function toldAgain(
  before: readonly string[],
  spoken: readonly { readonly moves: readonly string[] }[],
): string[] {
  const told = spoken
    .flatMap(({ moves }) => moves)
    .findLast((move) => move.startsWith('escalate-'));
  if (told === undefined) return [...before];
  return [told, ...before.filter((move) => move !== told && !move.startsWith('hold-'))];
}

function bringsPerson(move: string): boolean {
  return startsWithAny(move, ['transfer', 'alert']);
}

/** Moves after which the agent has no more to say. */
const LEAVES = /^(?:close|transfer|alert-(?:ring-back|lost))/;

/** Moves for the reply to a question that may not have been put. */
const WAITS = /^(?:spelled|offer-outcome)$/;

/** The call goes on, and yet nothing was asked: the caller would be left to guess what is wanted. */
export function leavesUnasked(moves: readonly Move[], plan: HandlingPlan | undefined): boolean {
  const over = moves.some(({ name }) => LEAVES.test(name));
  const isLeft = (turn: readonly string[]) => !turn.every((move) => WAITS.test(move));
  const handled = plan === undefined || (!plan.turns.some(isLeft) && plan.then === 'continue');
  return !over && handled;
}
