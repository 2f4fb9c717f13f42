import type { CallSetting } from './call-setting.js';
import type { CaseNow } from './case-now.js';
import type { PatientEar } from './patient-ear.js';
import { quotable } from './patient-words.js';
import { inBrief, saidBack } from './said-back.js';
import type { Telling } from './telling-words.js';
import { filled, levelRaised, phrase, type Move } from './utter.js';

/** How soon what a level is for needs somebody, in plain words. */
const URGENCY: Readonly<Record<string, string>> = {
  EMERGENCY: 'straight away',
  URGENT: 'today',
  HANDOVER: 'today',
};

/** Moves after which the patient waits for a call. */
const BRINGS_CALL = /^(?:offer-taken|escalate-HANDOVER)/;
const WILL_RING = /\bwill (?:ring|call|phone)\b/i;

/** Where the call stands when something is said. */
interface Moment {
  readonly heard: string;
  readonly lastQuestion: string;
  readonly act: CaseNow['level']['act'];
}

/** Says the moves of a call, and has the note say in words what they claim. */
export class CallVoice {
  readonly #setting: CallSetting;
  readonly #ear: PatientEar;
  #quote = '';
  #also = '';
  /** The same words as the note has them. */
  #reason = '';

  constructor(setting: CallSetting, ear: PatientEar) {
    this.#setting = setting;
    this.#ear = ear;
  }

  /** Takes the words that the level rests on. */
  take({ brief, all }: Telling): void {
    this.#reason = quotable(all);
    this.#quote = saidBack(brief);
  }

  /** Takes what else was told that is to be said beside it. */
  takeAlso(words: string): void {
    this.#also = words;
  }

  say(move: Move, { heard, lastQuestion, act }: Moment): string {
    const { bank, rules, scenario, random } = this.#setting;
    const { identified, record } = this.#ear;
    const quote = this.#quote === '' ? quotable(heard) : this.#quote;
    const urgency = URGENCY[act] ?? 'soon';
    const spoken = { bank, scenario, identified, quote: inBrief(quote), random, urgency };
    const also = inBrief(this.#also);
    const line = phrase({ ...move, slots: { also, ...move.slots } }, spoken);
    if (BRINGS_CALL.test(move.name) || (move.name === 'advice' && WILL_RING.test(line))) {
      record.expectCall();
    }
    const level = this.#levelShownBy(move, act);
    if (level !== '') {
      const reason = this.#reasonOf(move);
      record.flag({ level, reason, told: line });
    }
    const remark = rules.remarks[move.name];
    if (remark !== undefined) {
      const asked = quotable(lastQuestion);
      const slots = {
        also: quotable(this.#also),
        quote,
        heard: quotable(heard),
        line,
        asked,
        ...move.slots,
      };
      record.remark(filled(remark, slots));
    }
    return line;
  }

  #reasonOf({ name, slots }: Move): string {
    if (slots?.beside !== undefined) return slots.beside;
    return name === 'escalate-URGENT-beside' ? quotable(this.#also) : this.#reason;
  }

  /** The level for the first line of the note: of an escalation, or of a handover without one. */
  #levelShownBy({ name }: Move, act: string): string {
    const hands = name.startsWith('transfer') && !this.#ear.record.isFlagged;
    return hands ? act : levelRaised(name);
  }
}
