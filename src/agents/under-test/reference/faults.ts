import type { Random } from '../../../determinism.js';
import type { Scenario } from '../../../scenarios/scenario.js';
import type { RealisedFault } from '../agent.js';
import { firstTurnOf, lastTurnOf, type CallLog } from './call-log.js';
import type { Fault } from './reference-data.js';

/**
 * Draws the faults of one dialogue. Those that have no place in the scenario are left out; so are
 * those that a drawn fault before them takes the ground from, since only one can replace a handling.
 */
export function drawFaults(
  faults: readonly Fault[],
  scenario: Pick<Scenario, 'hardNegative' | 'hazard' | 'conditions'>,
  random: Random,
): Fault[] {
  const drawn = faults.filter((fault) => {
    const falls = random.chance(fault.probability);
    const inPlace =
      (!fault.hazards || (fault.hazards.includes(scenario.hazard) && !scenario.hardNegative)) &&
      (fault.needs === undefined || scenario.conditions.includes(fault.needs));
    return falls && inPlace;
  });
  const replacing = drawn.find(({ kind }) => kind === 'replaced' || kind === 'ignored');
  return drawn.filter((fault) => fault === replacing || !replacing || !changesHandling(fault));
}

/** Whether a fault changes what is done about the cue. */
export function changesHandling(fault: Fault): boolean {
  const inHandling = fault.kind === 'added' && fault.at.endsWith('handling');
  return (
    inHandling ||
    ['delayed', 'ignored', 'dropped', 'swapped', 'replaced', 'cut-short'].includes(fault.kind)
  );
}

/** Moves after which the call rightly ends, whatever is left to ask or say. */
const RIGHT_ENDINGS = [
  'escalate-EMERGENCY',
  'escalate-HANDOVER',
  'escalate-URGENT',
  'transfer',
  'alert',
  'cannot-discuss',
];

/** The faults that took effect in the call, by what was in fact said. */
export function realisedFaults(faults: readonly Fault[], log: CallLog): RealisedFault[] {
  return faults.flatMap((fault) => realise(fault, log) ?? []);
}

function realise(fault: Fault, log: CallLog): RealisedFault | undefined {
  if (fault.kind === 'delayed') return realiseDelay(fault, log);
  return at(fault.mode, turnOfFault(fault, log));
}

/** The turn in which a fault shows; undefined where it took no effect. */
function turnOfFault(fault: Exclude<Fault, { kind: 'delayed' }>, log: CallLog): number | undefined {
  switch (fault.kind) {
    case 'ignored':
    case 'dropped':
      return dueTurn(log, fault.within);
    case 'swapped':
      return firstTurnOf(log, [fault.for]);
    case 'replaced':
      return lastTurnOf(log, fault.with);
    case 'cut-short':
      return log.cueTurn === undefined ? undefined : closingTurn(log);
    case 'added':
      return firstTurnOf(log, [fault.more ?? fault.move]);
    case 'dropped-step':
      return fault.step === 'identity-hold' ? log.unheldTurn : unlessEndedRightly(log);
    case 'stacked-items':
      return stackedTurn(log, fault.count);
    case 'early-close':
      return log.itemsLeft === 0 ? undefined : unlessEndedRightly(log);
  }
}

function at(failureMode: string, turn: number | undefined): RealisedFault | undefined {
  return turn === undefined ? undefined : { failureMode, turn };
}

function realiseDelay(
  fault: Extract<Fault, { kind: 'delayed' }>,
  log: CallLog,
): RealisedFault | undefined {
  const due = dueTurn(log, fault.within);
  if (due === undefined || log.cueTurn === undefined) return undefined;
  const handled = firstTurnOf(log, ['handled']);
  if (handled === undefined) return { failureMode: fault.never, turn: due };
  return handled > log.cueTurn + 2 * fault.within - 1
    ? { failureMode: fault.late, turn: due }
    : undefined;
}

/** The agent turn by which an act was due, or its last one if the call ended sooner. */
function dueTurn({ cueTurn, spoken }: CallLog, within: number): number | undefined {
  if (cueTurn === undefined) return undefined;
  const after = spoken.filter(({ turn }) => turn > cueTurn).slice(0, within);
  return after.at(-1)?.turn;
}

function closingTurn(log: CallLog): number | undefined {
  return firstTurnOf(log, ['close']);
}

/** The closing turn, unless the call had a reason to end there. */
function unlessEndedRightly(log: CallLog): number | undefined {
  const rightly = log.spoken.some(({ moves }) =>
    moves.some((move) => RIGHT_ENDINGS.some((ending) => move.startsWith(ending))),
  );
  return rightly ? undefined : closingTurn(log);
}

function stackedTurn({ spoken }: CallLog, count: number): number | undefined {
  return spoken.find(({ moves }) => moves.filter((move) => move === 'item').length >= count)?.turn;
}
