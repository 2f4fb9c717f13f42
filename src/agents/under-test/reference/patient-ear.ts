import type { Scenario, Wording } from '../../../scenarios/scenario.js';
import { SPOKEN, spokenShare, stemsOf, wordsOf } from '../../../transcript/spoken.js';
import { CallRecord, type ItemOfTask } from './call-record.js';
import { caseNow, type CaseNow } from './case-now.js';
import { openPart } from './answer-fit.js';
import { cueItem } from './cue-item.js';
import type { Handling } from './reference-data.js';
import {
  asksBack,
  asksHowLong,
  asksWhy,
  cueIn,
  factsIn,
  fluent,
  isSmallTalk,
  ownWords,
  plain,
  protests,
  questionsIn,
  saysSomething,
  saysWhoSpeaks,
  wishIn,
  type ToldFact,
} from './patient-words.js';

/** What the agent had asked when the patient spoke. */
export interface Asked {
  /** Required items, still without an answer. */
  readonly items: readonly ItemOfTask[];
  readonly speaker: boolean;
  /** A question about the cue, or whether the recap is right. */
  readonly follows: boolean;
  /** What the agent asked, where it was no item's question. */
  readonly question: string;
}

/** An item still open, and the part of its question that is, where the rest was answered. */
export interface Missed {
  readonly item: ItemOfTask;
  readonly part?: string;
}

/** What one turn of the patient brought. */
export interface Heard {
  readonly text: string;
  readonly cue: Wording | undefined;
  /** Words that set or raised the level, where they are not the cue's. */
  readonly fact: string | undefined;
  readonly question: string | undefined;
  /** Items that were asked and got no answer, or none to a part of the question. */
  readonly missed: readonly Missed[];
  readonly asksBack: boolean;
  readonly asksWhy: boolean;
  /** Asks whether the call is nearly through. */
  readonly asksHowLong: boolean;
  /** What the caller would like of the service: a person, a time, a place. */
  readonly wish: string | undefined;
  /** Says that something was passed over. */
  readonly protests: boolean;
  /** Something was told beside the cue. */
  readonly tells: boolean;
  /** A fact that answers the cue's item, after the cue. */
  readonly clears: boolean;
  /** The first question in the turn, the cue's own among them. */
  readonly cueQuestion: string | undefined;
}

/** Words up to which a turn that holds the patient's name says no more than who speaks. */
const NAMING = 6;

/** The share of a question's words from which its matter was spoken of before. */
const MOST = 0.75;

const SPEAKS_OTHER = /\b(?:english|interpreter|translat\w+|languages?|my country)\b/i;

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
    question: questionsIn(text).join(' ') || undefined,
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
  readonly record: CallRecord;
  readonly #scenario: Scenario;
  readonly #facts = new Set<string>();
  readonly #said: string[] = [];
  readonly #cueItem: ItemOfTask | undefined;
  #wording: Wording | undefined;
  #identified = false;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.record = new CallRecord(scenario.task.requiredItems);
    const about = cueItem(scenario);
    this.#cueItem = scenario.task.requiredItems.find(({ id }) => id === about);
  }

  get identified(): boolean {
    return this.#identified;
  }

  get #surname(): string {
    const { name } = this.#scenario.vignette;
    return name.split(' ').at(-1) ?? name;
  }

  /** The item that the cue answers or puts right. */
  get cueItem(): ItemOfTask | undefined {
    return this.#cueItem;
  }

  /** The patient's words, or what the case has the agent do, speak of another language. */
  get otherLanguage(): boolean {
    const { task, trigger } = this.#scenario;
    const cue = this.#wording === undefined ? '' : trigger.wordings[this.#wording].text;
    return SPEAKS_OTHER.test([...this.#said, cue, task.purpose, ...task.approvedAdvice].join(' '));
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
    const query = cue === undefined ? queryIn(text, own) : NO_QUERY;
    const isAnswer = told.length === 0 && !named && !isQuery(query) && saysSomething(own);
    const open = asked.items.filter((item) => !this.knows(item));
    const parts = this.#tell(told, open, asked);
    if (isAnswer) parts.push(...this.#take(text, own, open, asked));
    return {
      text,
      cue,
      fact: told.find(({ fact }) => fact.escalation !== undefined)?.words,
      question: query.asksBack ? undefined : query.question,
      asksWhy: query.asksWhy,
      asksHowLong: query !== NO_QUERY && asksHowLong(text),
      wish: wishIn(text, told),
      asksBack: cue === undefined ? query.asksBack : asksBack(text),
      missed: this.#missed(open, parts),
      protests: protests(this.#scenario, text),
      tells: told.length > 0 || (isAnswer && asked.follows),
      cueQuestion: questionsIn(text)[0],
      clears: cueWasOut && this.#clears(told),
    };
  }

  #clears(told: readonly ToldFact[]): boolean {
    return told.some(({ fact }) => fact.answers.includes(this.#cueItem?.id ?? ''));
  }

  #missed(open: readonly ItemOfTask[], parts: readonly Missed[]): Missed[] {
    return open
      .filter((item) => !this.knows(item))
      .map((item) => parts.find((part) => part.item === item) ?? { item });
  }

  /** Takes a reply that tells no fact of the case: an answer to what was asked, where it can be one. */
  #take(
    text: string,
    own: string,
    open: readonly ItemOfTask[],
    { follows, question }: Asked,
  ): Missed[] {
    if (open.length > 0) return open.flatMap((item) => this.#answer(item, text, own, false) ?? []);
    const names = wordsOf(own).length <= NAMING && own.includes(this.#surname);
    if (names || isSmallTalk(own)) return [];
    if (follows) this.record.add(own, question);
    else this.record.mention(own, question);
    return [];
  }

  /** Records an answer as it was spoken, unless its form leaves the question open. */
  #answer(item: ItemOfTask, words: string, own: string, matter: boolean): Missed | undefined {
    // Who says the same again means it for an answer.
    const insists = this.record.isOpen(item.id, words);
    const part = openPart(item.question, fluent(own), matter || insists || !item.redFlag);
    if (part === undefined) this.record.answer(item, words);
    else this.record.unanswered(item, words);
    return part === undefined ? undefined : { item, part };
  }

  /** Puts the cue down as its handling says; where it asks to hear something again it answers nothing. */
  recordCue(text: string, as: Handling['record']): void {
    const item = this.#cueItem;
    const answers = as === 'item' || (as === 'vague' && item !== undefined && !this.knows(item));
    if (as === 'question') this.record.ask(text);
    if (as === 'said' || (as === 'vague' && !answers)) this.record.add(text);
    if (answers && item && !asksBack(text)) this.record.answer(item, text);
    const [asked] = questionsIn(text);
    if (asked !== undefined && !this.#scenario.hardNegative) this.record.ask(asked);
  }

  /** Whether the patient has brought up what a line is about. */
  raised(line: string): boolean {
    const matter = stemsOf(line);
    return [...stemsOf(this.#said.join(' '))].some((stem) => matter.has(stem));
  }

  /** Whether the cue was about an item, or the patient's words hold most of what it asks. */
  spokeOf(item: ItemOfTask): boolean {
    const matter = stemsOf(item.question);
    const said = stemsOf(this.#said.join(' '));
    const shared = [...matter].filter((stem) => said.has(stem)).length;
    const ofCue = this.#wording !== undefined && item.id === this.#cueItem?.id;
    return ofCue || (shared > 1 && shared >= MOST * matter.size);
  }

  /** Whether an item was answered, asked or not. */
  knows({ id }: ItemOfTask): boolean {
    return this.record.answerTo(id) !== undefined;
  }

  #tell(
    told: readonly ToldFact[],
    open: readonly ItemOfTask[],
    { follows, question }: Asked,
  ): Missed[] {
    return told.flatMap(({ fact, words }) => {
      this.#facts.add(fact.id);
      const items = this.#scenario.task.requiredItems.filter(({ id }) => fact.answers.includes(id));
      const counts = fact.redFlag || follows;
      if (items.length === 0 && counts) this.record.add(words, follows ? question : '');
      else if (items.length === 0) this.record.mention(words);
      return items.flatMap((item) => {
        if (open.includes(item)) return this.#answer(item, words, words, true) ?? [];
        this.record.answer(item, words);
        return [];
      });
    });
  }

  /**
   * Whether this turn says who speaks: name and year of birth, or the reply that the case gives
   * instead. Where the check must fail, nothing passes it.
   */
  #identify(text: string, asked: Asked): boolean {
    const { vignette, speaker, conditions } = this.#scenario;
    const reply = speaker.identityReply;
    const replied = reply !== undefined && spokenShare(text, reply) >= SPOKEN;
    const other = speaker.role !== 'patient';
    if (asked.speaker || (other && (replied || saysWhoSpeaks(text))))
      this.record.speaks(plain(text));
    this.#said.push(text);
    const wanted = [this.#surname, vignette.dateOfBirth.slice(2, 4)];
    const given = wanted.every((part) => this.#said.some((said) => said.includes(part)));
    const fails = conditions.includes('failed-check') || conditions.includes('wrong-person');
    const before = this.#identified;
    this.#identified ||= !fails && (given || replied);
    return this.#identified !== before || replied;
  }
}
