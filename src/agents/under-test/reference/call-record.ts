import { isSmallTalk, quotable, saysSomething } from './patient-words.js';
import { saidBack } from './said-back.js';

export interface ItemOfTask {
  readonly id: string;
  readonly question: string;
  readonly redFlag: boolean;
}

/** What was said to one item: answers in their order, and replies that do not settle it. */
interface Entry {
  readonly item: ItemOfTask;
  readonly answers: string[];
  readonly open: string[];
  /** The answer that the patient chose where two differed: the others no longer hold. */
  chosen?: string;
}

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
  readonly #entries = new Map<string, Entry>();
  readonly #said: string[] = [];
  /** Told in passing: for the team to see, not to be read back. */
  readonly #asides: string[] = [];
  readonly #questions: string[] = [];
  readonly #asked = new Map<string, number>();
  /** Turns that are handed on whole. */
  readonly #turns: string[] = [];
  /** What the agent has to say of the call itself. */
  readonly #remarks: string[] = [];
  readonly #wishes = new Set<string>();
  /** By words of the patient: the question of the agent's that they answer. */
  readonly #repliesTo = new Map<string, string>();
  readonly #items: readonly ItemOfTask[];
  #flag: Flag | undefined;
  #speaker: string | undefined;

  constructor(items: readonly ItemOfTask[] = []) {
    this.#items = items;
  }

  /** The level that the call has come to; a later one takes its place. */
  flag(flag: Flag): void {
    this.#flag = flag;
  }

  get isFlagged(): boolean {
    return this.#flag !== undefined;
  }

  /** The patient chose which of several answers holds. */
  settle(item: ItemOfTask, words: string): void {
    const entry = this.#entryOf(item);
    entry.chosen = quotable(words);
    addTo(entry.answers, entry.chosen);
  }

  answer(item: ItemOfTask, words: string): void {
    addTo(this.#entryOf(item).answers, quotable(words));
  }

  /** What was said to an item and does not settle it. */
  unanswered(item: ItemOfTask, words: string): void {
    addTo(this.#entryOf(item).open, quotable(words));
  }

  /** Whether the same was said to an item before, and did not settle it. */
  isOpen(id: string, words: string): boolean {
    const line = quotable(words);
    const open = this.#entries.get(id)?.open ?? [];
    return open.some((each) => each.includes(line) || line.includes(each));
  }

  #entryOf(item: ItemOfTask): Entry {
    const entry = this.#entries.get(item.id) ?? { item, answers: [], open: [] };
    this.#entries.set(item.id, entry);
    return entry;
  }

  /** The agent puts the question of an item: only then can an answer be read back as one to it. */
  puts({ id }: ItemOfTask): void {
    this.#asked.set(id, this.timesPut(id) + 1);
  }

  timesPut(id: string): number {
    return this.#asked.get(id) ?? 0;
  }

  /** Red-flag items that were asked twice and stay unclear: to be treated as positive. */
  get unclearFlags(): ItemOfTask[] {
    return [...this.#entries.values()]
      .filter(({ item, answers }) => item.redFlag && answers.length === 0)
      .map(({ item }) => item)
      .filter(({ id }) => this.timesPut(id) > 1);
  }

  /** A turn for the team to have word for word. */
  keep(turn: string): void {
    this.#turns.push(turn.replace(/"/g, "'"));
  }

  /** A sentence of the agent's own, such as what it could not make clear. */
  remark(sentence: string): void {
    if (!this.#remarks.includes(sentence)) this.#remarks.push(sentence);
  }

  /** The latest answer to an item. */
  answerTo(id: string): string | undefined {
    return this.#entries.get(id)?.answers.at(-1);
  }

  /** What was told beside the answers, such as the cue. */
  add(words: string, question = ''): void {
    const line = quotable(words);
    if (question !== '') this.#repliesTo.set(line, quotable(question));
    const known = [...this.#said, ...[...this.#entries.values()].flatMap(({ answers }) => answers)];
    if (line.includes(' ') && !known.some((each) => each.includes(line))) this.#said.push(line);
  }

  mention(words: string, question = ''): void {
    if (question !== '') this.#repliesTo.set(quotable(words), quotable(question));
    addTo(this.#asides, quotable(words));
  }

  get hasSpeaker(): boolean {
    return this.#speaker !== undefined;
  }

  /** Whether the question is a new one. */
  ask(question: string): boolean {
    const line = quotable(question);
    if (this.#questions.includes(line)) return false;
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
    this.#speaker = quotable(words);
  }

  /** One sentence for each answer and each thing told, to be read back. */
  lines(): string[] {
    const answers = [...this.#entries.values()].map((entry) => this.#lineOf(entry));
    return [...answers, ...this.#said.map((line) => `You also told me "${saidBack(line)}".`)];
  }

  #lineOf({ item, answers, open, chosen }: Entry): string {
    const asked = quotable(item.question);
    if (answers.length === 0) {
      const told = inSpeech(open.filter(saysSomething));
      return told.length === 0
        ? `I have no clear answer on "${asked}", and the team will see that.`
        : `On "${asked}" I have ${told.join(' and ')}, and somebody may ask you about it again.`;
    }
    const told = inSpeech(chosen === undefined ? [...open, ...answers] : [chosen]).join(
      ', and later ',
    );
    return this.#asked.has(item.id)
      ? `To "${asked}" you said ${told}.`
      : `You also told me ${told}.`;
  }

  /**
   * The note that goes to the team: all of it, in the words that were spoken.
   * @param last the call is over, so that what was not answered stays so
   */
  note(last = false): string {
    return [
      ...(this.#flag === undefined ? [] : [headOf(this.#flag)]),
      'For the team, as it was said on the call.',
      ...(this.#speaker === undefined ? [] : [`Who was on the line: "${this.#speaker}"`]),
      ...this.#said.map((line) => this.#inContext('Told us', line)),
      ...[...this.#entries.values()].map((entry) => this.#noteOn(entry)),
      ...(last ? this.#unanswered() : []),
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

  #unanswered(): string[] {
    const left = this.#items.filter(({ id }) => !this.#entries.has(id));
    return left.map(({ id, question, redFlag }) => {
      const state = this.#asked.has(id) ? 'Not answered' : 'Not asked on this call';
      return `${state}${redFlag ? ' (red flag)' : ''}: "${question}"`;
    });
  }

  /** Turns that do not stand whole in the note already, and tell something. */
  #wholeTurns(): string[] {
    const quoted = [
      ...this.#said,
      ...this.#asides,
      ...[...this.#entries.values()].flatMap(({ answers, open }) => [...answers, ...open]),
    ];
    const all = [...quoted, ...this.#questions, ...this.#wishes];
    const stands = (sentence: string) =>
      !saysSomething(sentence) || all.some((line) => line.includes(quotable(sentence)));
    const isWhole = (turn: string) => (turn.match(/[^.!?]+[.!?]*/g) ?? [turn]).every(stands);
    return this.#turns.filter((turn) => !isWhole(turn) && !isSmallTalk(turn));
  }

  #noteOn({ item, answers, open, chosen }: Entry): string {
    const replies = open.map((each) => `"${each}"`).join(' and ');
    if (answers.length === 0) {
      const asked = this.timesPut(item.id) > 1 ? 'asked twice' : 'asked once';
      return `${item.question} Not clear: ${asked}, answered ${replies}.${item.redFlag ? ' For a clinician to follow up the same day.' : ''}`;
    }
    const told = [...open, ...answers].map((each) => `"${each}"`);
    if (chosen !== undefined) {
      const earlier = told.filter((each) => each !== `"${chosen}"`).join(', ');
      const superseded = earlier === '' ? '' : ` (superseded, as the patient says: ${earlier})`;
      return `${item.question} "${chosen}"${superseded}`;
    }
    return `${item.question} ${told.length > 1 ? `${told.join(', then ')} (the latest)` : told.join('')}`;
  }
}

function addTo(lines: string[], line: string): void {
  if (line !== '' && !lines.some((each) => each.includes(line))) lines.push(line);
}

/** Answers as they are said back, each once. */
function inSpeech(lines: readonly string[]): string[] {
  return [...new Set(lines.map((line) => `"${saidBack(line)}"`))];
}

function headOf({ level, reason, told }: Flag): string {
  return `${level}${reason === '' ? '' : `: "${reason}"`}. The patient was told: "${told}"`;
}
