import type { Scenario, Wording } from '../../../scenarios/scenario.js';
import { SPOKEN, spokenShare, stemsOf } from '../../../transcript/spoken.js';
import { CallRecord, type ItemOfTask } from './call-record.js';
import { caseNow, type CaseNow } from './case-now.js';
import { cueItem } from './cue-item.js';
import type { Handling } from './reference-data.js';
import {
  asksBack,
  asksWhy,
  cueIn,
  factsIn,
  ownWords,
  plain,
  protests,
  questionIn,
  saysSomething,
  type ToldFact,
} from './patient-words.js';

/** What the agent had asked when the patient spoke. */
export interface Asked {
  /** Required items, still without an answer. */
  readonly items: readonly ItemOfTask[];
  readonly speaker: boolean;
  /** A question about the cue, or whether the recap is right. */
  readonly follows: boolean;
}

/** What one turn of the patient brought. */
export interface Heard {
  readonly text: string;
  readonly cue: Wording | undefined;
  /** Words that set or raised the level, where they are not the cue's. */
  readonly fact: string | undefined;
  readonly question: string | undefined;
  /** Items that were asked and got no answer. */
  readonly missed: readonly ItemOfTask[];
  readonly asksBack: boolean;
  readonly asksWhy: boolean;
  /** Says that something was passed over. */
  readonly protests: boolean;
  /** Something was told beside the cue. */
  readonly tells: boolean;
  /** A fact that answers the cue's item, after the cue. */
  readonly clears: boolean;
}

/** What a turn asks of the agent. */
interface Query {
  readonly question: string | undefined;
  readonly asksBack: boolean;
  readonly asksWhy: boolean;
}

/** The cue's own questions are what its handling is for. */
const NO_QUERY: Query = { question: undefined, asksBack: false, asksWhy: false };

/** Who says a thing of their own beside "say again?" has heard. */
function queryIn(text: string, own: string): Query {
  return {
    question: questionIn(text),
    asksBack: asksBack(text) && !saysSomething(own),
    asksWhy: asksWhy(text),
  };
}

/** Asking back or why, a turn gives no answer; a question beside an answer leaves it one. */
function isQuery({ asksBack, asksWhy }: Query): boolean {
  return asksBack || asksWhy;
}

/** Keeps what the patient has told: who speaks, the case so far, and the record of answers. */
export class PatientEar {
  readonly record = new CallRecord();
  readonly #scenario: Scenario;
  readonly #facts = new Set<string>();
  readonly #said: string[] = [];
  readonly #cueItem: ItemOfTask | undefined;
  #wording: Wording | undefined;
  #identified = false;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    const about = cueItem(scenario);
    this.#cueItem = scenario.task.requiredItems.find(({ id }) => id === about);
  }

  get identified(): boolean {
    return this.#identified;
  }

  /** The item that the cue answers or puts right. */
  get cueItem(): ItemOfTask | undefined {
    return this.#cueItem;
  }

  now(): CaseNow {
    return caseNow(this.#scenario, { wording: this.#wording, facts: this.#facts });
  }

  hear(text: string, asked: Asked): Heard {
    const cueWasOut = this.#wording !== undefined;
    const cue = cueWasOut ? undefined : cueIn(this.#scenario, text);
    this.#wording ??= cue;
    const told = factsIn(this.#scenario, text, cue !== undefined);
    const named = this.#identify(text, asked);
    const own = ownWords(this.#scenario, text);
    this.#tell(told);
    const query = cue === undefined ? queryIn(text, own) : NO_QUERY;
    const isAnswer = told.length === 0 && !named && !isQuery(query) && saysSomething(own);
    const open = asked.items.filter((item) => !this.knows(item));
    if (isAnswer) this.#take(own, open, asked);
    return {
      text,
      cue,
      fact: told.find(({ fact }) => fact.escalation !== undefined)?.words,
      question: query.asksBack ? undefined : query.question,
      asksWhy: query.asksWhy,
      asksBack: cue === undefined ? query.asksBack : asksBack(text),
      missed: isAnswer ? [] : open,
      protests: protests(this.#scenario, text),
      tells: told.length > 0 || (isAnswer && asked.follows),
      clears: cueWasOut && told.some(({ fact }) => fact.answers.includes(this.#cueItem?.id ?? '')),
    };
  }

  #take(text: string, open: readonly ItemOfTask[], { follows }: Asked): void {
    open.forEach((item) => this.record.answer(item, text));
    if (open.length > 0) return;
    if (follows) this.record.add(text);
    else this.record.mention(text);
  }

  /** Puts the cue down as its handling says; where it asks to hear something again it answers nothing. */
  recordCue(text: string, as: Handling['record']): void {
    const item = this.#cueItem;
    const answers = as === 'item' || (as === 'vague' && item !== undefined && !this.knows(item));
    if (as === 'question') this.record.ask(text);
    if (as === 'said' || (as === 'vague' && !answers)) this.record.add(text);
    if (answers && item && !asksBack(text)) this.record.answer(item, text);
  }

  /** Whether the patient has brought up what a line is about. */
  raised(line: string): boolean {
    const matter = stemsOf(line);
    return [...stemsOf(this.#said.join(' '))].some((stem) => matter.has(stem));
  }

  /** Whether an item was answered, asked or not. */
  knows({ id }: ItemOfTask): boolean {
    return this.record.answerTo(id) !== undefined;
  }

  #tell(told: readonly ToldFact[]): void {
    for (const { fact, words } of told) {
      this.#facts.add(fact.id);
      const items = this.#scenario.task.requiredItems.filter(({ id }) => fact.answers.includes(id));
      items.forEach((item) => this.record.answer(item, words));
      if (items.length > 0) continue;
      if (fact.redFlag) this.record.add(words);
      else this.record.mention(words);
    }
  }

  /**
   * Whether this turn says who speaks: name and year of birth, or the reply that the case gives
   * instead. Where the check must fail, nothing passes it.
   */
  #identify(text: string, asked: Asked): boolean {
    const { vignette, speaker, conditions } = this.#scenario;
    const reply = speaker.identityReply;
    const replied = reply !== undefined && spokenShare(text, reply) >= SPOKEN;
    if (asked.speaker || (replied && speaker.role !== 'patient')) this.record.speaks(plain(text));
    this.#said.push(text);
    const wanted = [
      vignette.name.split(' ').at(-1) ?? vignette.name,
      vignette.dateOfBirth.slice(2, 4),
    ];
    const given = wanted.every((part) => this.#said.some((said) => said.includes(part)));
    const fails = conditions.includes('failed-check') || conditions.includes('wrong-person');
    const before = this.#identified;
    this.#identified ||= !fails && (given || replied);
    return this.#identified !== before || replied;
  }
}
