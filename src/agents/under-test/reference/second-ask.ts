import { answersSafety, choosesBetween } from './answer-fit.js';
import type { SpokenTurn } from './call-log.js';
import type { Move } from './utter.js';

/** Questions about harm to oneself, and about being safe from others: each with its second wording. */
const SAFETY: readonly { readonly asked: RegExp; readonly again: string }[] = [
  { asked: /^(?:idiom-check|past-check|safety-(?:question|both|now))/, again: 'safety-again' },
  { asked: /^safe-(?:at-home|to-talk|yes-no)/, again: 'safe-again' },
];

/** Two versions of an answer between which the patient was asked to choose. */
export interface Versions {
  readonly before: string;
  readonly after: string;
}

/** Whether the last turn asked about safety, and the reply does not tell. */
export function leavesSafetyOpen(last: SpokenTurn | undefined, reply: string): boolean {
  const asked = last?.moves.some(
    (move) => move.endsWith('-again') || SAFETY.some((each) => each.asked.test(move)),
  );
  return asked === true && !last?.moves.includes('which-again') && !answersSafety(reply);
}

/** A question about safety once more where it was not answered; then somebody is to ask it today. */
export function askSafetyAgain(last: SpokenTurn | undefined, reply: string): Move[] | undefined {
  if (!leavesSafetyOpen(last, reply)) return undefined;
  const put = SAFETY.find(({ asked }) => last?.moves.some((move) => asked.test(move)));
  return [{ name: put?.again ?? 'escalate-HANDOVER-safety' }];
}

/** Which of two versions holds, once more where the reply did not choose. */
export function askVersionAgain(
  last: SpokenTurn | undefined,
  reply: string,
  { before, after }: Versions,
): Move[] | undefined {
  if (!last?.moves.includes('both-versions') || choosesBetween(before, after, reply)) {
    return undefined;
  }
  return [{ name: 'which-again', slots: { before, quote: after } }];
}
