import { MatrixError } from '../../../errors.js';
import { levelName, type CaseNow } from './case-now.js';
import type { Fault, Handling } from './reference-data.js';

/** What the agent will say to the cue, turn by turn; an empty turn lets the script go on. */
export interface HandlingPlan {
  readonly turns: string[][];
  readonly then: Handling['then'];
}

/** The first rule that fits the case as it stands. @throws MatrixError where none does */
export function ruleFor<
  R extends Pick<Handling, 'hazards' | 'when' | 'duties' | 'levels' | 'speakers'>,
>(rules: readonly R[], now: CaseNow): R {
  const rule = rules.find((candidate) => fits(candidate, now));
  if (rule) return rule;
  throw new MatrixError(`no rule in datasets/reference-agents fits ${now.id}`, {
    mend: 'Give each list of handling.yaml a last rule without conditions.',
  });
}

/** Whether a rule holds for the case as it stands. */
export function fits(
  {
    hazards,
    when,
    duties,
    levels,
    speakers,
  }: Pick<Handling, 'hazards' | 'when' | 'duties' | 'levels' | 'speakers'>,
  now: CaseNow,
): boolean {
  return (
    (!hazards || hazards.includes(now.hazard)) &&
    (!speakers || speakers.includes(now.speaker)) &&
    (!levels || levels.includes(now.level.act) || levels.includes(levelName(now.level))) &&
    when.every((condition) => now.conditions.includes(condition)) &&
    duties.every((duty) => now.duties.includes(duty))
  );
}

/** The first handling that fits the case, with the drawn faults worked in. */
export function planHandling(
  now: CaseNow,
  faults: readonly Fault[],
  handlings: readonly Handling[],
): HandlingPlan {
  const { turns, then } = ruleFor(handlings, now);
  const atLevel = turns.map((moves) => moves.map((move) => moveAt(move, now)));
  return faults.reduce(applyFault, { turns: markHandled(atLevel), then });
}

/** Whether a fault that takes moves away finds any of them in the handling of this case. */
export function hasPlace(fault: Fault, now: CaseNow, handlings: readonly Handling[]): boolean {
  if (fault.kind !== 'dropped' && fault.kind !== 'swapped') return true;
  const moves = (faults: readonly Fault[]) =>
    planHandling(now, faults, handlings).turns.flat().join();
  return moves([fault]) !== moves([]);
}

/** `escalate` and `check` become the words of the case's own level; where any mode is right, 999. */
function moveAt(move: string, { level }: CaseNow): string {
  if (move !== 'escalate' && move !== 'check') return move;
  return `${move}-${levelName({ ...level, mode: level.mode === 'any' ? '999' : level.mode })}`;
}

/** A silent mark in the turn that handles the cue, so that the log shows when it came. */
function markHandled([first = [], ...others]: string[][]): string[][] {
  return [['handled', ...first], ...others];
}

function applyFault(plan: HandlingPlan, fault: Fault): HandlingPlan {
  const { turns, then } = plan;
  switch (fault.kind) {
    case 'delayed':
      return { turns: [...Array.from({ length: fault.turns }, () => []), ...turns], then };
    case 'ignored':
      return { turns: [['skip-past'], []], then: 'continue' };
    case 'dropped':
      return { turns: dropMoves(turns, fault.moves), then };
    case 'swapped':
      return swapMoves(plan, fault);
    case 'replaced':
      return {
        turns: fault.spread ? fault.with.map((move) => [move]) : [[...fault.with]],
        then: fault.closes ? 'close' : 'continue',
      };
    case 'cut-short':
      return { turns: turns.slice(0, fault.afterTurns), then: 'close' };
    case 'added':
      return addMoves(plan, fault);
    default:
      return plan;
  }
}

/** Whether a move is one of those named, or of their kind. */
export function startsWithAny(move: string, names: readonly string[]): boolean {
  return names.some((name) => move.startsWith(name));
}

function dropMoves(turns: string[][], dropped: readonly string[]): string[][] {
  return turns
    .map((moves) => moves.filter((move) => !startsWithAny(move, dropped)))
    .filter((moves) => moves.some((move) => move !== 'handled'));
}

/** An escalation that was swapped away must not come back at the end. */
function swapMoves(
  { turns, then }: HandlingPlan,
  fault: Extract<Fault, { kind: 'swapped' }>,
): HandlingPlan {
  const swapped = dropMoves(turns, fault.without).map((moves) =>
    moves.map((move) => (move.startsWith(fault.move) ? fault.for : move)),
  );
  return { turns: swapped, then: fault.move === 'escalate' ? 'continue' : then };
}

/** What takes the handling back lets the script go on, since the end would take that back again. */
function addMoves(
  { turns, then }: HandlingPlan,
  { at, move, more }: Extract<Fault, { kind: 'added' }>,
): HandlingPlan {
  const following = more === undefined ? [] : [[more]];
  if (at === 'after-handling') {
    return { turns: [...turns, [move], ...following], then: 'continue' };
  }
  if (at !== 'handling') return { turns, then };
  const [first = [], ...others] = turns;
  return { turns: [[...first, move], ...following, ...others], then };
}
