import type { Standing } from './standing.js';
import { dueAdvice } from './approved-advice.js';
import { confirmDrug } from './confirm-drug.js';
import { confirmLatest } from './confirm-latest.js';
import { holds } from './answer-grammar.js';
import { answerCue, noteQuestion } from './open-question.js';
import { hearSpelling, settleSpelling } from './settle-spelling.js';
import { isMisfit, namesDriver } from './taken-up.js';
import { takesCall } from './told-apart.js';
import { newVersion, takesBack } from './new-version.js';
import { inBrief, saidBack } from './said-back.js';
import { choicesFor, unclearMove } from './unclear-moves.js';
import type { Move } from './utter.js';

/** Which of two answers holds; where the patient has said so, only what is written now is read back. */
function versionsAsked({ versions, cueWords }: Standing): Move[] {
  const quote = newVersion(cueWords);
  if (versions === undefined) return [{ name: 'confirm-new' }];
  if (takesBack(cueWords)) return [{ name: 'confirm-new', slots: { quote } }];
  return [{ name: 'both-versions', slots: { before: inBrief(versions.before), quote } }];
}

/** By move: the moves that fit what was said before, undefined where it stays as it is. */
export function fittingMoves(now: Standing): Readonly<Record<string, () => Move[] | undefined>> {
  return {
    advice: () =>
      now.advised
        ? []
        : dueAdvice(
            now.setting.scenario.task.approvedAdvice.filter((line) => !isMisfit(line, now)),
            now.ear,
            now.act,
          ),
    answer: () => now.answer(),
    'both-versions': () => versionsAsked(now),
    'confirm-latest': () => confirmLatest(now.last, now.heard?.text ?? '', now.versions, now.ear),
    'confirm-drug': () => confirmDrug(now.setting.scenario, now.cueWords),
    'answer-cue': () =>
      answerCue(
        now.heard?.cueQuestion ?? now.cueWords,
        now.setting.scenario.task.approvedAdvice,
        now.ear,
      ),
    'rest-for-them': () => (now.flagsLeft ? undefined : []),
    'cue-question': () => {
      const question = now.heard?.cueQuestion;
      if (question === undefined) return [];
      const { approvedAdvice } = now.setting.scenario.task;
      const advice = answerCue(question, approvedAdvice, now.ear);
      return [
        ...advice.filter(({ name }) => name === 'advice'),
        ...noteQuestion(question, now.ear),
      ];
    },
    'question-beside': () => noteQuestion(now.heard?.cueQuestion, now.ear),
    'any-change': () => {
      const named = [...now.cueWords.matchAll(/\bmy (\w+)/gi)].map(([, word = '']) => word);
      const site = named.find((word) => holds('site', word));
      return site === undefined ? undefined : [{ name: 'any-change-of', slots: { site } }];
    },
    'hear-spelling': () => hearSpelling(now),
    spelled: () => settleSpelling(now),
    'offer-outcome': () => {
      const offered = now.last?.moves.some((move) => /^(?:nurse-offer|offer-again)$/.test(move));
      if (offered !== true || !takesCall(now.heard?.text ?? '')) return [];
      now.ear.record.promise("I've asked for a nurse to ring you.");
      return [{ name: 'offer-taken' }];
    },
    'no-driving': () =>
      namesDriver(now.heard?.text ?? '') ? [{ name: 'driver-known' }] : undefined,
    'clarify-choices': () => [{ name: choicesFor(now.ear.cueItem) }],
    'mark-unclear': () => {
      if (!now.settled) return [{ name: unclearMove('mark-unclear', now.ear.cueItem) }];
      return now.then === 'ending' ? [] : [{ name: 'as-you-said' }];
    },
    'offer-alternative': () => (now.ear.otherLanguage ? undefined : [{ name: 'offer-slowly' }]),
    'offer-other-way': () => (now.ear.otherLanguage ? undefined : [{ name: 'offer-way' }]),
    'hear-again': () =>
      now.heard?.asksBack === true
        ? []
        : [{ name: 'readback-check', slots: { quote: saidBack(now.heard?.text ?? '') } }],
    'record-speaker': () => (now.ear.record.hasSpeaker ? [{ name: 'speaker-known' }] : undefined),
    'heed-belief': () => [{ name: now.agreed ? 'thanks' : 'hold-position' }],
  };
}
