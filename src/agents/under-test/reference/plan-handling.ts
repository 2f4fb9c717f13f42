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
  const planned = faults.reduce(applyFault, markHandled(turns));
  return { turns: planned, closes: handling.then === 'close' };
}

function fits({ hazards, when, levels }: Handling, scenario: Scenario): boolean {
  return (
    (!hazards || hazards.includes(scenario.hazard)) &&
    (!levels || levels.includes(scenario.escalation.act)) &&
    when.every((condition) => scenario.conditions.includes(condition))
  );
}

/** `escalate` becomes the utterance of the scenario's own level. */
function atLevel(move: string, { escalation: { act, mode } }: Scenario): string {
  if (move !== 'escalate') return move;
  return mode === undefined ? `escalate-${act}` : `escalate-${act}-${mode}`;
}

/** A silent mark in the turn that handles the cue, so that the log shows when it came. */
function markHandled([first = [], ...others]: string[][]): string[][] {
  return [['handled', ...first], ...others];
}

function applyFault(turns: string[][], fault: Fault): string[][] {
  switch (fault.kind) {
    case 'delayed':
      return [...Array.from({ length: fault.turns }, () => []), ...turns];
    case 'dropped':
      return turns
        .map((moves) => moves.filter((move) => !fault.moves.some((name) => move.startsWith(name))))
        .filter((moves) => moves.some((move) => move !== 'handled'));
    case 'swapped':
      return turns.map((moves) =>
        moves.map((move) => (move.startsWith(fault.move) ? fault.for : move)),
      );
    case 'added':
      if (fault.at === 'handling')
        return turns.map((moves, index) => (index === 0 ? [...moves, fault.move] : moves));
      return fault.at === 'after-handling' ? [...turns, [fault.move]] : turns;
    default:
      return turns;
  }
}
