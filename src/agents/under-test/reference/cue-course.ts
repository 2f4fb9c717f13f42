import { caseIn, type Wording } from '../../../scenarios/scenario.js';
import type { CallSetting } from './call-setting.js';
import type { CallVoice } from './call-voice.js';
import { outranks, type CaseNow } from './case-now.js';
import { changesHandling } from './faults.js';
import { passesOver } from './call-setting.js';
import type { Heard } from './heard.js';
import type { PatientEar } from './patient-ear.js';
import { cueWordsIn, quotable, spokenPart } from './patient-words.js';
import { planHandling, ruleFor, type HandlingPlan } from './plan-handling.js';
import type { Handling } from './reference-data.js';
import { versionsOf, type Versions } from './second-ask.js';
import { besideIn, moveForSecond, secondFlag } from './second-flag.js';
import { statementsOf } from './sentences.js';
import { tellingOf, wholly, type Telling } from './telling-words.js';

/** Moves owed to a cue, whatever else is being done: to what the caller feels, and the level again. */
const OWED =
  /^(?:accept|escalate|apologise|believe|decline|gentle-correction|name-feeling|say-automated|sympathy|thanks)/;
/** Levels at which a person takes the call over, once whatever else is due was asked. */
const BY_A_PERSON: readonly string[] = ['URGENT', 'HANDOVER', 'EMERGENCY'];

/** What has come of the cue and of the level so far, and what is planned about it. */
export class CueCourse {
  readonly #setting: CallSetting;
  readonly #ear: PatientEar;
  readonly #voice: CallVoice;
  #plan: HandlingPlan | undefined;
  #level: CaseNow['level'] = { act: 'none' };
  #recorded = false;
  #words = '';
  /** The answer that the cue puts in question. */
  #before: string | undefined;
  #settled = false;
  #courtesy: readonly string[] = [];
  #turn: number | undefined;

  constructor(setting: CallSetting, ear: PatientEar, voice: CallVoice) {
    this.#setting = setting;
    this.#ear = ear;
    this.#voice = voice;
  }

  get plan(): HandlingPlan | undefined {
    return this.#plan;
  }

  get act(): CaseNow['level']['act'] {
    return this.#level.act;
  }

  /** The cue stands in the record, so that nobody need fear it was passed over. */
  get isRecorded(): boolean {
    return this.#recorded;
  }

  get words(): string {
    return this.#words;
  }

  /** The cue's item was answered since, by a fact of the case. */
  get isSettled(): boolean {
    return this.#settled;
  }

  /** Owed to a cue that came when the call was already ending. */
  get courtesy(): readonly string[] {
    return this.#courtesy;
  }

  /** The patient's turn in which the cue, or a higher level, was noticed. */
  get turn(): number | undefined {
    return this.#turn;
  }

  get versions(): Versions | undefined {
    return versionsOf(this.#before, this.#words);
  }

  /** Nothing is planned but that the script goes on. */
  get isQuiet(): boolean {
    return !this.#plan || (this.#plan.turns.length === 0 && this.#plan.then === 'continue');
  }

  get bringsPerson(): boolean {
    return BY_A_PERSON.includes(this.#level.act) && !this.#setting.faults.some(changesHandling);
  }

  /** A level that the agent itself came to. */
  raise(level: CaseNow['level']): void {
    if (outranks(level, this.#level)) this.#level = level;
  }

  /** @param before the latest answer to the cue's item before this turn */
  hear(heard: Heard, before: string | undefined, turn: number): void {
    this.#settled ||= heard.clears;
    if (heard.clears) this.#voice.take(wholly(heard.text));
    const now = this.#ear.now();
    const rises = outranks(now.level, this.#level);
    this.raise(now.level);
    if (heard.cue !== undefined) {
      this.#before = before;
      this.#takeUp(heard, heard.cue, now, rises);
    } else if (rises) {
      const telling = wholly(heard.flags[0]?.words ?? heard.text);
      this.#follow(this.#setting.rules.raised, heard, now, telling);
    }
    if (heard.cue !== undefined || rises) this.#turn ??= turn;
    if (this.#turn !== undefined && !passesOver(this.#setting.faults)) {
      this.#ear.record.keep(heard.text);
    }
  }

  /** A call that already ends at this level is not led back. */
  #takeUp(heard: Heard, cue: Wording, now: CaseNow, rises: boolean): void {
    const { scenario, rules, faults } = this.#setting;
    const text = spokenPart(heard.text, cueWordsIn(scenario, cue, heard.text));
    const rule = ruleFor(rules.handling, now);
    this.#record(heard, text, rule.record);
    if (this.#plan?.then === 'ending' && !rises) {
      const { turns } = planHandling(now, faults, rules.handling);
      this.#courtesy = (turns[0] ?? []).filter((move) => OWED.test(move));
      return;
    }
    const byFact = rises && outranks(now.level, caseIn(scenario, cue).escalation);
    const fact = byFact ? heard.flags[0]?.words : undefined;
    this.#follow(rules.handling, heard, now, tellingOf(scenario, text, fact, now.level));
    this.#words = quotable(statementsOf(text) || text);
  }

  #record(heard: Heard, text: string, as: Handling['record']): void {
    if (passesOver(this.#setting.faults)) return;
    this.#recorded = as !== 'none';
    if (this.#recorded) this.#ear.recordCue(text, as);
    heard.missed.forEach(({ item }) => {
      this.#ear.record.items.replied(item, text);
    });
  }

  #follow(handlings: readonly Handling[], heard: Heard, now: CaseNow, telling: Telling): void {
    this.#voice.take(telling);
    this.#plan = planHandling(now, this.#setting.faults, handlings);
    const { turns } = this.#plan;
    const flag = secondFlag(heard.flags, telling);
    if (!flag || !turns[0] || this.#setting.faults.some(changesHandling)) return;
    this.#voice.takeAlso(flag.words);
    turns[0] = besideIn(turns[0], moveForSecond(flag, now.level));
  }
}
