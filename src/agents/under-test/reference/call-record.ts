import { addTo, ItemAnswers, type ItemOfTask } from './item-answers.js';
import { isSmallTalk, quotable, saysSomething } from './patient-words.js';
import { saidBack } from './said-back.js';
import { sentences } from './sentences.js';

/** What is at hand, for the first line of the note. */
export interface Flag {
  readonly level: string;
  /** The patient's words for it. */
  readonly reason: string;
  /** What the patient was told to do, as it was said. */
  readonly told: string;
}

/** What the call has established, in the patient's own words; nothing that was told is taken out. */
export class CallRecord {
  readonly items: ItemAnswers;
  readonly #said: string[] = [];
  /** Told in passing: for the team to see, not to be read back. */
  readonly #asides: string[] = [];
  readonly #questions: string[] = [];
  /** Turns that are handed on whole. */
  readonly #turns: string[] = [];
  /** What the agent has to say of the call itself. */
  readonly #remarks: string[] = [];
  readonly #wishes = new Set<string>();
  /** By words of the patient: the question of the agent's that they answer. */
  readonly #repliesTo = new Map<string, string>();
  readonly #flags: Flag[] = [];
  readonly #speakers: string[] = [];
  /** What the agent has asked for on the patient's behalf, as it is read back. */
  readonly #promises: string[] = [];
  #callDue = false;

  constructor(items: readonly ItemOfTask[] = []) {
    this.items = new ItemAnswers(items);
  }

  /** A level that the call has come to: the first line of the note names each, the last first. */
  flag(flag: Flag): void {
    const others = this.#flags.filter(({ level }) => level !== flag.level);
    this.#flags.splice(0, this.#flags.length, flag, ...others);
  }

  get isFlagged(): boolean {
    return this.#flags.length > 0;
  }

  /** A turn for the team to have word for word. */
  keep(turn: string): void {
    this.#turns.push(turn.replace(/"/g, "'"));
  }

  /** A sentence of the agent's own, such as what it could not make clear. */
  remark(sentence: string): void {
    if (!this.#remarks.includes(sentence)) this.#remarks.push(sentence);
  }

  /** A sentence of the agent's own about what it asked for: it stands in the recap. */
  promise(sentence: string): void {
    addTo(this.#promises, sentence);
  }

  /** The patient was told to expect a call. */
  expectCall(): void {
    this.#callDue = true;
  }

  get isCallDue(): boolean {
    return this.#callDue;
  }

  /** What was told beside the answers, such as the cue. */
  add(words: string, question = ''): void {
    const line = quotable(words);
    if (isSmallTalk(words)) return;
    if (question !== '') this.#repliesTo.set(line, quotable(question));
    const known = [...this.#said, ...this.items.answers];
    if (line.includes(' ') && !known.some((each) => each.includes(line))) this.#said.push(line);
  }

  mention(words: string, question = ''): void {
    if (question !== '') this.#repliesTo.set(quotable(words), quotable(question));
    addTo(this.#asides, quotable(words));
  }

  get hasQuestions(): boolean {
    return this.#questions.length > 0;
  }

  get hasSpeaker(): boolean {
    return this.#speakers.length > 0;
  }

  /** Whether the question is a new one. */
  ask(question: string): boolean {
    const line = quotable(question);
    if (this.#questions.some((each) => each.includes(line))) return false;
    this.#questions.push(line);
    return true;
  }

  /** Whether the wish is a new one. */
  wishes(wish: string): boolean {
    const isNew = !this.#wishes.has(wish);
    this.#wishes.add(wish);
    return isNew;
  }

  /** Who is on the line beside the patient, in their own words. */
  speaks(words: string): void {
    addTo(this.#speakers, quotable(words));
  }

  /** One sentence for each answer and each thing told, to be read back. */
  lines(): string[] {
    const told = this.#said.map((line) => `You also told me "${saidBack(line)}".`);
    const asked = this.#questions.map(
      (line) => `You asked "${askedBack(line)}", and that's in my note to be answered.`,
    );
    const wished = [...this.#wishes].map(
      (wish) => `You'd like "${saidBack(wish)}", and that's in my note.`,
    );
    return [...this.items.lines(), ...told, ...asked, ...wished, ...this.#promises];
  }

  /**
   * The note that goes to the team: all of it, in the words that were spoken.
   * @param last the call is over, so that what was not answered stays so
   */
  note(last = false): string {
    return [
      ...this.#flags.map(headOf),
      'For the team, as it was said on the call.',
      ...this.#speakers.map((line) => `Who was on the line: "${line}"`),
      ...this.#said.map((line) => this.#inContext('Told us', line)),
      ...this.items.notes(last),
      ...this.#remarks,
      ...this.#asides.map((line) => this.#inContext('Also said', line)),
      ...this.#questions.map((line) => `Asked, and to be answered: "${line}"`),
      ...this.#wholeTurns().map((line) => `Word for word: "${line}"`),
    ].join(' ');
  }

  /** A reply never stands without its question: a bare "no" would deny anything. */
  #inContext(kind: string, line: string): string {
    const question = this.#repliesTo.get(line);
    return question === undefined ? `${kind}: "${line}"` : `Asked "${question}", said: "${line}"`;
  }

  /** Turns that do not stand whole in the note already, and tell something. */
  #wholeTurns(): string[] {
    const quoted = [...this.#said, ...this.#asides, ...this.items.words];
    const all = [...quoted, ...this.#questions, ...this.#wishes];
    const stands = (sentence: string) =>
      !saysSomething(sentence) || all.some((line) => line.includes(quotable(sentence)));
    const isWhole = (turn: string) => sentences(turn).every(stands);
    return this.#turns.filter((turn) => !isWhole(turn) && !isSmallTalk(turn));
  }
}

/** Questions as they are said back: without their marks, since they are not asked again. */
export function askedBack(questions: string): string {
  return sentences(questions).map(saidBack).join('" and "');
}

function headOf({ level, reason, told }: Flag): string {
  return `${level}${reason === '' ? '' : `: "${reason}"`}. The patient was told: "${told}"`;
}
