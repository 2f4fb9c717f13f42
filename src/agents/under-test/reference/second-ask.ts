import { wordsOf } from '../../../transcript/spoken.js';
import { statementsOf } from './sentences.js';
import { answersOffer, answersSafety, choosesBetween } from './told-apart.js';
import type { SpokenTurn } from './call-log.js';
import { offersTo } from './patient-words.js';
import { newVersion } from './new-version.js';
import { inBrief } from './said-back.js';
import type { Move } from './utter.js';

/** A question that must be answered: how it is put again, and what follows where it still is not. */
interface MustKnow {
  readonly asked: RegExp;
  readonly answers: (reply: string) => boolean;
  readonly again: string;
  readonly left: string;
}

const MUST_KNOW: readonly MustKnow[] = [
  {
    asked: /^(?:idiom-check|past-check|safety-(?:question|both|now|again))/,
    answers: answersSafety,
    again: 'safety-again',
    left: 'escalate-HANDOVER-safety',
  },
  {
    asked: /^safe-(?:at-home|to-talk|yes-no|again)/,
    answers: answersSafety,
    again: 'safe-again',
    left: 'escalate-HANDOVER-safety',
  },
  {
    asked: /^(?:nurse-offer|offer-again)/,
    answers: answersOffer,
    again: 'offer-again',
    left: 'offer-open',
  },
];

/** Two versions of an answer between which the patient was asked to choose. */
export interface Versions {
  readonly before: string;
  readonly after: string;
}

/** The earlier answer and the cue that differs from it, where there was one. */
export function versionsOf(before: string | undefined, after: string): Versions | undefined {
  return before === undefined ? undefined : { before, after };
}

function openOf(last: SpokenTurn | undefined, reply: string): MustKnow | undefined {
  const put = MUST_KNOW.find(({ asked }) => last?.moves.some((move) => asked.test(move)));
  return put && !put.answers(reply) ? put : undefined;
}

/** Whether the last turn asked about safety, and the reply does not tell. */
export function leavesSafetyOpen(last: SpokenTurn | undefined, reply: string): boolean {
  return openOf(last, reply)?.answers === answersSafety;
}

/** What must be known once more where the reply does not tell it; then somebody is to ask it today. */
export function askMustKnow(last: SpokenTurn | undefined, reply: string): Move[] | undefined {
  const open = openOf(last, reply);
  if (!open) return undefined;
  const twice = last?.moves.includes(open.again) === true;
  return [{ name: twice ? open.left : open.again }];
}

/** Whether a reply to the question which version holds tells it. */
export function chose(
  last: SpokenTurn | undefined,
  reply: string,
  versions: Versions | undefined,
): boolean {
  const asked = last?.moves.some((move) => /^(?:both-versions|which-again|say-again)$/.test(move));
  return asked !== true || !versions || choosesBetween(versions.before, versions.after, reply);
}

const EARLIER = /\b(?:first|former|earlier|older?|before)\b/i;
const LATER = /\b(?:second|last|latest|later|latter|newer?|newest|now)\b/i;
const NEITHER_ONE = /\b(?:both|neither|either)\b/i;
/** Words up to which a reply only points to one of the versions. */
const POINTING = 5;

/** The version that a reply chose, in the patient's words; undefined where it holds to both or none. */
export function chosenOf(reply: string, { before, after }: Versions): string | undefined {
  const told = statementsOf(reply);
  if (told === '' || NEITHER_ONE.test(told)) return undefined;
  if (wordsOf(told).length > POINTING) return told;
  if (EARLIER.test(told)) return before;
  return LATER.test(told) ? after : told;
}

/** Which of two versions holds, once more where the reply did not choose. */
export function askVersionAgain(
  last: SpokenTurn | undefined,
  reply: string,
  versions: Versions | undefined,
): Move[] | undefined {
  if (!versions || !last?.moves.includes('both-versions') || chose(last, reply, versions)) {
    return undefined;
  }
  return [
    {
      name: 'which-again',
      slots: { before: inBrief(versions.before), quote: newVersion(versions.after) },
    },
  ];
}

/** An offer to fetch or look something up is taken up, and what it is for is asked again. */
export function takeOffer(reply: string, question: string): Move[] | undefined {
  if (question === '' || !offersTo(reply)) return undefined;
  return [{ name: 'take-offer' }, { name: 'say-again', text: question }];
}
