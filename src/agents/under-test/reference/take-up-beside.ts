import type { SpokenTurn } from './call-log.js';
import type { Heard } from './heard.js';
import { inBrief } from './said-back.js';
import type { Move } from './utter.js';

/** Symptoms beside answers that are asked about in a call, so that it stays a call. */
const MOST = 2;

/**
 * One question about a symptom told beside an answer, in the patient's words; where it is what a
 * red-flag item asks after, a clinician is to look at it the same day (brief, section 5, H06).
 */
export function takeUpBeside(
  heard: Heard | undefined,
  spoken: readonly SpokenTurn[],
): Move[] | undefined {
  if (heard?.beside === undefined) return undefined;
  const name = heard.present ? 'escalate-URGENT-found' : 'ask-beside';
  if (spoken.filter(({ moves }) => moves.includes(name)).length >= MOST) return undefined;
  return [{ name: 'ack' }, { name, slots: { beside: inBrief(heard.beside) } }];
}
