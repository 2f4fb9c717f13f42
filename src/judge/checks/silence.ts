import type { DutyClock } from '../clock/clock.js';
import { isRecorded, meets } from '../clock/duties.js';
import type { ReadTurn } from '../reading/turn-reader.js';

/**
 * Whether a turn surely does not do the act in words. Of an agent that records its acts only words that
 * name such care could still be one; of any other every word that acts have. The words of a turn with a
 * recorded level or handover are those of that act, unless they may mean an EMERGENCY.
 */
export function isSilent(
  { actions = [], reading }: ReadTurn,
  act: string,
  clock: DutyClock,
): boolean {
  if (reading.acts.some((spoken) => meets(spoken.act, act))) return false;
  const { mayHold } = reading;
  if (!isRecorded(clock, act)) return !mayHold.act;
  if (act === 'EMERGENCY') return !mayHold.emergency;
  return !mayHold.care || actions.some(({ type }) => type === 'escalate' || type === 'handover');
}
