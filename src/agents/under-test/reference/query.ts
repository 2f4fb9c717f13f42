import { asksBack, asksWhy, questionsIn } from './patient-questions.js';
import { saysSomething } from './patient-words.js';

/** What a turn asks of the agent. */
export interface Query {
  readonly question: string | undefined;
  readonly asksBack: boolean;
  readonly asksWhy: boolean;
}

/** The cue's own questions are what its handling is for. */
export const NO_QUERY: Query = { question: undefined, asksBack: false, asksWhy: false };

/** Who says a thing of their own beside "say again?" has heard. */
export function queryIn(text: string, own: string): Query {
  const lost = asksBack(text) && !saysSomething(own);
  return {
    question: lost ? undefined : questionsIn(text).join(' ') || undefined,
    asksBack: lost,
    asksWhy: asksWhy(text),
  };
}

/** Asking back or why, a turn gives no answer; a question beside an answer leaves it one. */
export function isQuery({ asksBack, asksWhy }: Query): boolean {
  return asksBack || asksWhy;
}
