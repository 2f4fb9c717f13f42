import type { Heard, PatientEar } from './patient-ear.js';
import { stemsOf } from '../../../transcript/spoken.js';
import { asksIfAutomated, asksIfNoted, quotable } from './patient-words.js';
import type { Move } from './utter.js';

/** Where the agent stands on the cue. */
interface Standing {
  /** What the cue wanted was refused, and stays so. */
  readonly declined: boolean;
  readonly mayReassure: boolean;
  /** Was asked in plainer words before, and has not been offered another way. */
  readonly lost: boolean;
  /** Approved advice that was given. */
  readonly advice: readonly string[];
  /** Items that are still to be asked. */
  readonly left: number;
  /** What the caller would like, not spoken to so far. */
  readonly wish: string | undefined;
}

/** The line that shares most words with a question; undefined where none shares any. */
function closest(lines: readonly string[], question: string): string | undefined {
  const asked = stemsOf(question);
  const weighed = lines.map((line) => ({
    line,
    shared: [...stemsOf(line)].filter((stem) => asked.has(stem)).length,
  }));
  const [best] = weighed.sort((a, b) => b.shared - a.shared);
  return best && best.shared > 0 ? best.line : undefined;
}

/** How much of the call is left, as far as the agent can tell. */
function progress(left: number): Move {
  if (left === 0) return { name: 'progress-done' };
  return { name: 'progress', slots: { left: `${left} more question${left === 1 ? '' : 's'}` } };
}

/** A wish is spoken to and noted, never promised. */
export function notedWish(wish: string | undefined): Move[] {
  return wish === undefined ? [] : [{ name: 'wish-noted', slots: { wish: quotable(wish) } }];
}

function reassure({ protests }: Heard, may: boolean): Move[] {
  return protests && may ? [{ name: 'not-forgotten' }] : [];
}

/** What is said to a question that the patient has left open: never a clinical answer, but whose it is, or approved advice again. */
export function answerQuestion(
  heard: Heard | undefined,
  ear: PatientEar,
  standing: Standing,
): Move[] {
  if (!heard) return [];
  if (heard.asksWhy) return [{ name: 'say-why' }];
  if (heard.asksBack && standing.lost) return [{ name: 'offer-other-way' }];
  if (standing.wish !== undefined && ear.identified) return notedWish(standing.wish);
  if (heard.asksHowLong) return [progress(standing.left)];
  if (heard.question === undefined) return reassure(heard, standing.mayReassure && ear.identified);
  return answerAsked(heard, heard.question, ear, standing);
}

function answerAsked(
  { protests }: Heard,
  question: string,
  ear: PatientEar,
  { declined, advice }: Standing,
): Move[] {
  if (protests && declined) return [{ name: 'still-no' }];
  if (asksIfNoted(question)) return [{ name: 'yes-noted' }];
  if (asksIfAutomated(question)) return [{ name: 'say-automated' }];
  if (!ear.identified) return [{ name: 'question-unchecked' }];
  const answered = closest(advice, question);
  if (answered !== undefined) return [{ name: 'advice', text: answered }];
  return ear.record.ask(question)
    ? [{ name: 'note-question', slots: { asked: quotable(question) } }]
    : [{ name: 'question-noted' }];
}
