import type { Random } from '../../../determinism.js';
import type { RealisedFault } from '../agent.js';
import { firstTurnOf, type CallLog } from './call-log.js';
import type { Fault } from './reference-data.js';

/** Draws the faults of one dialogue; those of other hazards can never take effect and are left out. */
export function drawFaults(faults: readonly Fault[], hazard: string, random: Random): Fault[] {
  return faults.filter((fault) => {
    const drawn = random.chance(fault.probability);
    const fits = !('hazards' in fault) || !fault.hazards || fault.hazards.includes(hazard);
    return drawn && fits;
  });
}

/** Moves after which the call rightly ends, whatever is left to ask or say. */
const RIGHT_ENDINGS = [
  'escalate-EMERGENCY',
  'escalate-HANDOVER',
  'escalate-URGENT',
  'cannot-discuss',
];

/** The faults that took effect in the call, by what was in fact said. */
export function realisedFaults(faults: readonly Fault[], log: CallLog): RealisedFault[] {
  return faults.flatMap((fault) => realise(fault, log) ?? []);
}

function realise(fault: Fault, log: CallLog): RealisedFault | undefined {
  switch (fault.kind) {
    case 'delayed':
      return realiseDelay(fault, log);
    case 'dropped':
      return at(fault.mode, dueTurn(log, fault.within));
    case 'swapped':
      return at(fault.mode, firstTurnOf(log, [fault.for]));
    case 'added':
      return at(fault.mode, firstTurnOf(log, [fault.move]));
    case 'dropped-step':
      return endedRightly(log) ? undefined : at(fault.mode, closingTurn(log));
    case 'stacked-items':
      return at(fault.mode, stackedTurn(log, fault.count));
    case 'early-close':
      return endedRightly(log) || log.itemsLeft === 0
        ? undefined
        : at(fault.mode, closingTurn(log));
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

function endedRightly({ spoken }: CallLog): boolean {
  return spoken.some(({ moves }) =>
    moves.some((move) => RIGHT_ENDINGS.some((ending) => move.startsWith(ending))),
  );
}

function stackedTurn({ spoken }: CallLog, count: number): number | undefined {
  return spoken.find(({ moves }) => moves.filter((move) => move === 'item').length >= count)?.turn;
}
