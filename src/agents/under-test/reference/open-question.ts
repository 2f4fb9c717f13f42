import type { Heard } from './heard.js';
import type { PatientEar } from './patient-ear.js';
import { stemsOf } from '../../../transcript/spoken.js';
import { asksIfAutomated, asksIfNoted } from './patient-questions.js';
import { saidBack } from './said-back.js';
import { askedBack } from './call-record.js';
import type { Move } from './utter.js';

/** Where the agent stands on the cue. */
interface Standing {
  /** What the cue wanted was refused, and stays so. */
  readonly declined: boolean;
  readonly mayReassure: boolean;
  /** Was asked in plainer words before, and has not been offered another way. */
  readonly lost: boolean;
  /** What the clinic has approved to be said. */
  readonly advice: readonly string[];
  /** Some of it was given. */
  readonly advised: boolean;
  /** Somebody else is on the line than the patient. */
  readonly thirdParty: boolean;
  /** Items that are still to be asked. */
  readonly left: number;
  /** What the caller would like, not spoken to so far. */
  readonly wish: string | undefined;
}

/** Words shared from which advice not given so far is taken to answer a question. */
const ANSWERS = 2;

/** The line that shares most words with a question; undefined where none shares as many as asked for. */
function closest(lines: readonly string[], question: string, least: number): string | undefined {
  const asked = stemsOf(question);
  const weighed = lines.map((line) => ({
    line,
    shared: [...stemsOf(line)].filter((stem) => asked.has(stem)).length,
  }));
  const [best] = weighed.sort((a, b) => b.shared - a.shared);
  return best && best.shared >= least ? best.line : undefined;
}

/** What the clinic has approved to be said to the very question that the cue asks, or a nurse's answer. */
export function answerCue(question: string, advice: readonly string[], ear: PatientEar): Move[] {
  const text = closest(advice, question, 0);
  if (text !== undefined) return [{ name: 'advice', text }];
  ear.record.ask(question);
  return [{ name: 'note-question', slots: { asked: askedBack(question) } }];
}

/** A question beside what the cue told: whose answer it is. */
export function noteQuestion(question: string | undefined, ear: PatientEar): Move[] {
  if (question === undefined) return [];
  ear.record.ask(question);
  return [{ name: 'note-question', slots: { asked: askedBack(question) } }];
}

/** What somebody else on the line may be told: how and whether to ring, and nothing of the call. */
const NEUTRAL =
  /\b(?:number|ring|call|phone) ?(?:back|should|do|does|can|is|again)?\b|\bwho shall i say\b|\btry again\b|\bwhat (?:shall|should|do) i (?:say|tell)\b|\bwhen (?:will|would|are|do)\b/i;

/** How much of the call is left, as far as the agent can tell. */
function progress(left: number): Move {
  if (left === 0) return { name: 'progress-done' };
  return { name: 'progress', slots: { left: `${left} more question${left === 1 ? '' : 's'}` } };
}

/** A wish is spoken to and noted, never promised. */
export function notedWish(wish: string | undefined): Move[] {
  return wish === undefined ? [] : [{ name: 'wish-noted', slots: { wish: saidBack(wish) } }];
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
  { declined, advice, advised, thirdParty }: Standing,
): Move[] {
  if (protests && declined) return [{ name: 'still-no' }];
  if (asksIfNoted(question)) return [{ name: 'yes-noted' }];
  if (asksIfAutomated(question)) return [{ name: 'say-automated' }];
  if (!ear.identified) {
    const neutral = thirdParty && NEUTRAL.test(question);
    return [{ name: neutral ? 'neutral-answer' : 'question-unchecked' }];
  }
  const answered = closest(advice, question, advised ? 1 : ANSWERS);
  if (answered !== undefined) return [{ name: 'advice', text: answered }];
  return ear.record.ask(question)
    ? [{ name: 'note-question', slots: { asked: askedBack(question) } }]
    : [{ name: 'question-noted' }];
}
