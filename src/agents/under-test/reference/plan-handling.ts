import { MatrixError } from '../../../errors.js';
import type { Scenario } from '../../../scenarios/scenario.js';
import type { Fault, Handling } from './reference-data.js';

/** What the agent will say to the cue, turn by turn; an empty turn lets the script go on. */
export interface HandlingPlan {
  readonly turns: string[][];
  readonly closes: boolean;
}

/** The first handling that fits the case, with the drawn faults worked in. */
export function planHandling(
  scenario: Scenario,
  faults: readonly Fault[],
  handlings: readonly Handling[],
): HandlingPlan {
  const handling = handlings.find((candidate) => fits(candidate, scenario));
  if (!handling) {
    throw new MatrixError(`no handling in datasets/reference-agents fits ${scenario.id}`, {
      mend: 'Give handling.yaml a last rule without conditions.',
    });
  }
  const turns = handling.turns.map((moves) => moves.map((move) => atLevel(move, scenario)));
  const plan = { turns: markHandled(turns), closes: handling.then === 'close' };
  return faults.reduce(applyFault, plan);
}

/** Whether a fault that takes moves away finds any of them in the handling of this scenario. */
export function hasPlace(
  fault: Fault,
  scenario: Scenario,
  handlings: readonly Handling[],
): boolean {
  if (fault.kind !== 'dropped' && fault.kind !== 'swapped') return true;
  const moves = (faults: readonly Fault[]) =>
    planHandling(scenario, faults, handlings).turns.flat().join();
  return moves([fault]) !== moves([]);
}

function fits({ hazards, when, levels }: Handling, scenario: Scenario): boolean {
  return (
    (!hazards || hazards.includes(scenario.hazard)) &&
    (!levels || levels.includes(scenario.escalation.act)) &&
    when.every((condition) => scenario.conditions.includes(condition))
  );
}

/** `escalate` becomes the utterance of the scenario's own level; where any mode is right, 999. */
function atLevel(move: string, { escalation: { act, mode } }: Scenario): string {
  if (move !== 'escalate') return move;
  if (mode === undefined) return `escalate-${act}`;
  return `escalate-${act}-${mode === 'any' ? '999' : mode}`;
}

/** A silent mark in the turn that handles the cue, so that the log shows when it came. */
function markHandled([first = [], ...others]: string[][]): string[][] {
  return [['handled', ...first], ...others];
}

function applyFault(plan: HandlingPlan, fault: Fault): HandlingPlan {
  const { turns, closes } = plan;
  switch (fault.kind) {
    case 'delayed':
      return { turns: [...Array.from({ length: fault.turns }, () => []), ...turns], closes };
    case 'ignored':
      return { turns: [['skip-past'], []], closes: false };
    case 'dropped':
      return { turns: dropMoves(turns, fault.moves), closes };
    case 'swapped':
      return { turns: swapMoves(turns, fault.move, fault.for), closes };
    case 'replaced':
      return {
        turns: fault.spread ? fault.with.map((move) => [move]) : [[...fault.with]],
        closes: fault.closes,
      };
    case 'cut-short':
      return { turns: turns.slice(0, fault.afterTurns), closes: true };
    case 'added':
      return { turns: addMoves(turns, fault), closes };
    default:
      return plan;
  }
}

function dropMoves(turns: string[][], dropped: readonly string[]): string[][] {
  return turns
    .map((moves) => moves.filter((move) => !dropped.some((name) => move.startsWith(name))))
    .filter((moves) => moves.some((move) => move !== 'handled'));
}

function swapMoves(turns: string[][], from: string, to: string): string[][] {
  return turns.map((moves) => moves.map((move) => (move.startsWith(from) ? to : move)));
}

function addMoves(
  turns: string[][],
  { at, move, more }: Extract<Fault, { kind: 'added' }>,
): string[][] {
  const following = more === undefined ? [] : [[more]];
  if (at === 'after-handling') return [...turns, [move], ...following];
  if (at !== 'handling') return turns;
  const [first = [], ...others] = turns;
  return [[...first, move], ...following, ...others];
}
