import { isSmallTalk, quotable, saysSomething } from './patient-words.js';

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
  #speaker: string | undefined;

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
  add(words: string): void {
    const line = quotable(words);
    const known = [...this.#said, ...[...this.#entries.values()].flatMap(({ answers }) => answers)];
    if (line.includes(' ') && !known.some((each) => each.includes(line))) this.#said.push(line);
  }

  mention(words: string): void {
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
    return [...answers, ...this.#said.map((line) => `You also told me "${line}".`)];
  }

  #lineOf({ item, answers, open }: Entry): string {
    const asked = quotable(item.question);
    if (answers.length === 0) {
      const told = open.filter(saysSomething).map((each) => `"${each}"`);
      return told.length === 0
        ? `I have no clear answer on "${asked}", and the team will see that.`
        : `On "${asked}" I have ${told.join(' and ')}, and my note says that it isn't clear.`;
    }
    const told = [...open, ...answers].map((each) => `"${each}"`).join(', and later ');
    return this.#asked.has(item.id)
      ? `To "${asked}" you said ${told}.`
      : `You also told me ${told}.`;
  }

  /** The note that goes to the team: all of it, in the words that were spoken. */
  note(): string {
    return [
      'For the team, as it was said on the call.',
      ...(this.#speaker === undefined ? [] : [`Who was on the line: "${this.#speaker}"`]),
      ...this.#said.map((line) => `Told us: "${line}"`),
      ...[...this.#entries.values()].map((entry) => this.#noteOn(entry)),
      ...this.#remarks,
      ...this.#asides.map((line) => `Also said: "${line}"`),
      ...this.#questions.map((line) => `Asked, and to be answered: "${line}"`),
      ...this.#wholeTurns().map((line) => `Word for word: "${line}"`),
    ].join(' ');
  }

  /** Turns that do not stand whole in the note already, and tell something. */
  #wholeTurns(): string[] {
    const quoted = [
      ...this.#said,
      ...this.#asides,
      ...[...this.#entries.values()].flatMap(({ answers, open }) => [...answers, ...open]),
    ];
    return this.#turns.filter((turn) => !quoted.includes(quotable(turn)) && !isSmallTalk(turn));
  }

  #noteOn({ item, answers, open }: Entry): string {
    const replies = open.map((each) => `"${each}"`).join(' and ');
    if (answers.length === 0) {
      const asked = this.timesPut(item.id) > 1 ? 'asked twice' : 'asked once';
      return `${item.question} Not clear: ${asked}, answered ${replies}.${item.redFlag ? ' For a clinician to follow up the same day.' : ''}`;
    }
    const told = [...open, ...answers].map((each) => `"${each}"`);
    return `${item.question} ${told.length > 1 ? `${told.join(', then ')} (the latest)` : told.join('')}`;
  }
}

function addTo(lines: string[], line: string): void {
  if (line !== '' && !lines.some((each) => each.includes(line))) lines.push(line);
}
