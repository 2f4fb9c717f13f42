import { cueTexts, type Scenario, type Wording } from '../../../scenarios/scenario.js';
import { SPOKEN, spokenShare, stemsOf, wordsOf } from '../../../transcript/spoken.js';
import { CallRecord } from './call-record.js';
import type { ItemOfTask } from './item-answers.js';
import { caseNow, outranks, type CaseNow } from './case-now.js';
import { affirms, symptomBeside } from './beside-answer.js';
import { declines, doesNotKnow, openPart } from './answer-fit.js';
import { isLoose } from './answer-grammar.js';
import { cueItem } from './cue-item.js';
import type { Asked, Heard, Missed } from './heard.js';
import { isQuery, NO_QUERY, queryIn } from './query.js';
import type { Handling } from './reference-data.js';
import { statementsOf } from './sentences.js';
import { asksBack, asksHowLong, questionsIn } from './patient-questions.js';
import {
  cueIn,
  factsIn,
  fluent,
  isSmallTalk,
  offersTo,
  ownWords,
  plain,
  protests,
  saysSomething,
  saysWhoSpeaks,
  sentencesOf,
  wishIn,
  type ToldFact,
} from './patient-words.js';

/** Words up to which a turn that holds the patient's name says no more than who speaks. */
const NAMING = 6;

/** Somebody's name, or what they are to the patient. */
const NAMES_SELF =
  /\b(?:i['’]?m|i am|it['’]?s|name['’]?s|this is|speaking|her|his|their) (?:the |a |an |his |her |their )?[\w'’]+|^[A-Z][\w'’]+(?: [A-Z][\w'’]+)*[.,]/;

const SPEAKS_OTHER = /\b(?:english|interpreter|translat\w+|languages?|my country)\b/i;

/** How a role or a game is set up, which is no part of what is wanted. */
const OF_THE_GAME =
  /\b(?:ignore|instructions?|pretend|you['’]re (?:now|a|an|the)|say after me|rules?|robot|recorded|mode|prompt|story|listen|off you go|takes you)\b/i;

/** Facts of one turn that set a level, the highest first. */
function flagsOf(told: readonly ToldFact[]): ToldFact[] {
  const act = ({ fact }: ToldFact) => fact.escalation ?? { act: 'none' as const };
  return told
    .filter(({ fact }) => fact.escalation !== undefined)
    .sort((a, b) => Number(outranks(act(b), act(a))) - Number(outranks(act(a), act(b))));
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
    const { task } = this.#scenario;
    const cues = this.#wording === undefined ? [] : cueTexts(this.#scenario, [this.#wording]);
    return SPEAKS_OTHER.test(
      [...this.#said, ...cues, task.purpose, ...task.approvedAdvice].join(' '),
    );
  }

  now(): CaseNow {
    return caseNow(this.#scenario, { wording: this.#wording, facts: this.#facts });
  }

  hear(text: string, asked: Asked): Heard {
    this.record.items.nextTurn();
    const cueWasOut = this.#wording !== undefined;
    const cue = cueWasOut ? undefined : cueIn(this.#scenario, text);
    this.#wording ??= cue;
    const told = factsIn(this.#scenario, text, cue !== undefined);
    const named = this.#identify(text, asked);
    const own = ownWords(this.#scenario, text);
    const query = cue === undefined ? queryIn(text, own) : NO_QUERY;
    const isAnswer =
      told.length === 0 && !named && !offersTo(text) && !isQuery(query) && saysSomething(own);
    const open = asked.items.filter((item) => !this.knows(item));
    const parts = this.#tell(told, open, asked, own);
    if (isAnswer) parts.push(...this.#take(text, own, open, asked));
    return {
      text,
      cue,
      flags: flagsOf(told),
      question: query.question,
      asksWhy: query.asksWhy,
      asksHowLong: query !== NO_QUERY && asksHowLong(text),
      wish: wishIn(text, told),
      asksBack: cue === undefined ? query.asksBack : asksBack(text),
      ...this.#beside(own, open, cue !== undefined || flagsOf(told).length > 0, isAnswer),
      missed: this.#missed(open, parts),
      protests: protests(this.#scenario, text),
      tells: told.length > 0 || (isAnswer && asked.follows),
      cueQuestion: questionsIn(text)[0],
      clears: this.#clears(cueWasOut ? told : []),
    };
  }

  /** A symptom that the patient brings up, where nothing in the turn sets a level already. */
  #beside(
    own: string,
    open: readonly ItemOfTask[],
    levelIsSet: boolean,
    isAnswer: boolean,
  ): Pick<Heard, 'beside' | 'present'> {
    if (levelIsSet || open.length === 0) return { beside: undefined, present: false };
    const told = fluent(own);
    const present = isAnswer && open.some((item) => item.redFlag && affirms(item.question, told));
    return { beside: present ? statementsOf(plain(own)) : symptomBeside(own), present };
  }

  #clears(told: readonly ToldFact[]): boolean {
    const id = this.#cueItem?.id ?? '';
    const isClear = !this.record.items.isUnclear(id);
    return told.some(({ fact, words }) => isClear && !offersTo(words) && fact.answers.includes(id));
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

  /** Records an answer as it was spoken, unless it leaves the question open. */
  #answer(item: ItemOfTask, words: string, own: string, matter: boolean): Missed | undefined {
    const told = fluent(own);
    // Who says the same again means it for an answer, unless a red flag hangs on it.
    const part = this.#leavesOpen(item, told, matter);
    if (part === undefined) this.record.items.answer(item, words);
    else this.record.items.leave(item, words, part, declines(told));
    return part === undefined ? undefined : { item, part };
  }

  /** Who does not know, or would rather not say, has answered, unless a red flag hangs on it. */
  #leavesOpen(item: ItemOfTask, told: string, matter: boolean): string | undefined {
    if (!item.redFlag && (doesNotKnow(told) || declines(told))) return undefined;
    const { items } = this.record;
    if (!item.redFlag && items.isOpen(item.id, told) && !isLoose(told)) return undefined;
    const part = items.partOf(item.id);
    // A fact of the item's matter may be of the half that was answered already.
    const known = matter && (part === undefined || !item.redFlag);
    return openPart(part ?? item.question, told, { matter: known, strict: item.redFlag });
  }

  /** Puts the cue down as its handling says; where it asks to hear something again it answers nothing. */
  recordCue(text: string, as: Handling['record']): void {
    const item = this.#cueItem;
    const isNew = item !== undefined && !this.knows(item);
    const unclear = as === 'unclear' && isNew;
    const answers = as === 'item' || (as === 'vague' && isNew);
    if (as === 'question') this.#recordQuestions(text);
    if (as === 'request') this.#recordRequest(text);
    if (unclear) this.record.items.leaveUnclear(item, text);
    const aside = /^(?:said|vague|unclear)$/.test(as) && !answers && !unclear;
    if (aside) this.record.add(text);
    if (answers && item && !asksBack(text)) this.record.items.answer(item, text);
    if (!this.#scenario.hardNegative) questionsIn(text).forEach((asked) => this.record.ask(asked));
  }

  /** What is asked under a role or a game is asked all the same; without a question, its words. */
  #recordRequest(text: string): void {
    const asked = questionsIn(text);
    const told = sentencesOf(text).filter((sentence) => !OF_THE_GAME.test(sentence));
    if (asked.length === 0) this.record.add(told.join(' ') || text);
    asked.forEach((question) => this.record.ask(question));
  }

  /** Each question by itself, and what was told with them. */
  #recordQuestions(text: string): void {
    const asked = sentencesOf(text).filter((sentence) => sentence.endsWith('?'));
    const told = statementsOf(plain(text));
    if (asked.length === 0) this.record.ask(text);
    else if (told !== '') this.record.add(told);
    asked.forEach((question) => this.record.ask(question));
  }

  hasTold(pattern: RegExp): boolean {
    return this.#said.some((turn) => pattern.test(turn));
  }

  /** Whether the patient has brought up what a line is about. */
  raised(line: string): boolean {
    const matter = stemsOf(line);
    // The cue speaks of its item's matter, in whatever words.
    const about = this.#wording === undefined ? '' : (this.#cueItem?.question ?? '');
    return [...stemsOf([...this.#said, about].join(' '))].some((stem) => matter.has(stem));
  }

  /** Whether something was said to an item before. */
  spokeOf({ id }: ItemOfTask): boolean {
    return this.record.items.has(id);
  }

  /** Whether an item was answered, asked or not. */
  knows({ id }: ItemOfTask): boolean {
    return this.record.items.answerTo(id) !== undefined || this.record.items.isUnclear(id);
  }

  #tell(
    told: readonly ToldFact[],
    open: readonly ItemOfTask[],
    { follows, question }: Asked,
    own: string,
  ): Missed[] {
    // Where a red flag hangs on an answer, none of it may be lost.
    const whole = (item: ItemOfTask, words: string) =>
      item.redFlag && told.length === 1 && own.includes(words) ? own : words;
    return told.flatMap(({ fact, words }) => {
      this.#facts.add(fact.id);
      const items = this.#scenario.task.requiredItems.filter(({ id }) => fact.answers.includes(id));
      const counts = fact.redFlag || follows;
      if (items.length === 0 && counts) this.record.add(words, follows ? question : '');
      else if (items.length === 0) this.record.mention(words);
      return items.flatMap((item) => {
        if (offersTo(words)) {
          this.record.items.unanswered(item, words);
          return [];
        }
        if (open.includes(item)) {
          return this.#answer(item, whole(item, words), words, true) ?? [];
        }
        if (this.record.items.isUnclear(item.id)) this.#answer(item, words, words, true);
        else if (this.#speaksOf(item, words)) this.record.items.answer(item, words);
        else this.record.add(words, follows ? question : '');
        return [];
      });
    });
  }

  /** A red flag that was not asked is answered only in words of its own. */
  #speaksOf(item: ItemOfTask, words: string): boolean {
    if (!item.redFlag || this.record.items.timesPut(item.id) > 0) return true;
    return openPart(item.question, words, { matter: false, strict: true }) === undefined;
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
    const says = replied || saysWhoSpeaks(text);
    const isFirst = asked.speaker && !this.record.hasSpeaker && NAMES_SELF.test(plain(text));
    if (isFirst || (other && says)) this.record.speaks(plain(text));
    this.#said.push(text);
    const wanted = [this.#surname, vignette.dateOfBirth.slice(2, 4)];
    const given = wanted.every((part) => this.#said.some((said) => said.includes(part)));
    const fails = conditions.includes('failed-check') || conditions.includes('wrong-person');
    const before = this.#identified;
    this.#identified ||= !fails && (given || replied);
    return this.#identified !== before || replied;
  }
}
