import { dueAdvice } from './approved-advice.js';
import type { SpokenTurn } from './call-log.js';
import type { CallSetting } from './call-setting.js';
import type { CaseNow } from './case-now.js';
import { confirmDrug } from './confirm-drug.js';
import { confirmLatest } from './confirm-latest.js';
import { answerCue } from './open-question.js';
import type { Heard, PatientEar } from './patient-ear.js';
import { inBrief, saidBack } from './said-back.js';
import type { Versions } from './second-ask.js';
import type { Move } from './utter.js';

/** Where the call stands, as far as moves depend on it. */
interface Standing {
  readonly setting: CallSetting;
  readonly ear: PatientEar;
  readonly heard: Heard | undefined;
  readonly last: SpokenTurn | undefined;
  readonly versions: Versions | undefined;
  readonly cueWords: string;
  readonly act: CaseNow['level']['act'];
  /** The cue's item was answered since. */
  readonly settled: boolean;
  /** The call is on its way to an ending. */
  readonly ends: boolean;
  readonly agreed: boolean;
  readonly advised: boolean;
  readonly answer: () => Move[];
}

/** By move: the moves that fit what was said before, undefined where it stays as it is. */
export function fittingMoves(now: Standing): Readonly<Record<string, () => Move[] | undefined>> {
  return {
    advice: () =>
      now.advised ? [] : dueAdvice(now.setting.scenario.task.approvedAdvice, now.ear, now.act),
    answer: () => now.answer(),
    'both-versions': () =>
      now.versions === undefined
        ? [{ name: 'confirm-new' }]
        : [
            {
              name: 'both-versions',
              slots: { before: inBrief(now.versions.before), quote: inBrief(now.cueWords) },
            },
          ],
    'confirm-latest': () => confirmLatest(now.last, now.heard?.text ?? '', now.versions, now.ear),
    'confirm-drug': () => confirmDrug(now.setting.scenario, now.cueWords),
    'answer-cue': () =>
      answerCue(
        now.heard?.cueQuestion ?? now.cueWords,
        now.setting.scenario.task.approvedAdvice,
        now.ear,
      ),
    'mark-unclear': () => {
      if (!now.settled) return undefined;
      return now.ends ? [] : [{ name: 'as-you-said' }];
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
