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
  /** The part of the question that is still open, where the rest was answered. */
  part?: string;
  /** The patient would rather not say: it is not asked again. */
  declined?: true;
  /** It was asked openly and in other words and stays as it was said: it is not asked again. */
  unclear?: true;
  /** The answer that the patient chose where two differed: the others no longer hold. */
  chosen?: string;
}

/** What was said to each required item, in the patient's own words. */
export class ItemAnswers {
  readonly #items: readonly ItemOfTask[];
  readonly #entries = new Map<string, Entry>();
  readonly #asked = new Map<string, number>();
  /** By item: what was told when it had been asked. */
  readonly #replies = new Map<string, string>();

  /** By line: the patient's turn in which it was said. */
  readonly #turns = new Map<string, number>();
  #turn = 0;

  constructor(items: readonly ItemOfTask[]) {
    this.#items = items;
  }

  /** The patient speaks again: what is answered from here on was said later. */
  nextTurn(): void {
    this.#turn += 1;
  }

  #keep(lines: string[], line: string): void {
    if (!this.#turns.has(line)) this.#turns.set(line, this.#turn);
    addTo(lines, line);
  }

  /** What was said when an item had been asked, where it is no answer to it by itself. */
  replied({ id }: ItemOfTask, words: string): void {
    this.#replies.set(id, quotable(words));
  }

  /** The patient chose which of several answers holds. */
  settle(item: ItemOfTask, words: string): void {
    const entry = this.#entryOf(item);
    entry.chosen = quotable(words);
    this.#keep(entry.answers, entry.chosen);
  }

  answer(item: ItemOfTask, words: string): void {
    const entry = this.#entryOf(item);
    delete entry.part;
    const isFiller = entry.answers.length > 0 && isSmallTalk(words);
    if (!isFiller) this.#keep(entry.answers, quotable(words));
  }

  /** What was said to an item and leaves it open, or a part of it. */
  leave(item: ItemOfTask, words: string, part: string, declined: boolean): void {
    const entry = this.#entryOf(item);
    this.#keep(entry.open, quotable(words));
    if (part !== item.question) entry.part = part;
    if (declined) entry.declined = true;
  }

  /** Words that leave an item to chance: it stands as not clear until something clears it. */
  leaveUnclear(item: ItemOfTask, words: string): void {
    const entry = this.#entryOf(item);
    this.#keep(entry.open, quotable(words));
    entry.unclear = true;
  }

  isUnclear(id: string): boolean {
    const entry = this.#entries.get(id);
    return entry?.unclear === true && entry.answers.length === 0;
  }

  unanswered(item: ItemOfTask, words: string): void {
    this.#keep(this.#entryOf(item).open, quotable(words));
  }

  partOf(id: string): string | undefined {
    return this.#entries.get(id)?.part;
  }

  isDeclined(id: string): boolean {
    return this.#entries.get(id)?.declined === true;
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

  /** Red-flag items that stay unclear: to be treated as positive. */
  get openFlags(): ItemOfTask[] {
    return [...this.#entries.values()]
      .filter((entry) => this.#isOpenFlag(entry))
      .map(({ item }) => item);
  }

  #isOpenFlag({ item, answers, declined }: Entry): boolean {
    const done = declined === true || this.timesPut(item.id) > 1;
    return item.redFlag && answers.length === 0 && done;
  }

  /** The latest answer to an item. */
  answerTo(id: string): string | undefined {
    return this.#entries.get(id)?.answers.at(-1);
  }

  /** Whether anything was said to an item. */
  has(id: string): boolean {
    return this.#entries.has(id);
  }

  get answers(): string[] {
    return [...this.#entries.values()].flatMap(({ answers }) => answers);
  }

  get words(): string[] {
    return [...this.#entries.values()].flatMap(({ answers, open }) => [...answers, ...open]);
  }

  /** One sentence for each item, to be read back. */
  lines(): string[] {
    return [...this.#entries.values()].map((entry) => this.#lineOf(entry));
  }

  #lineOf({ item, answers, open, chosen }: Entry): string {
    const asked = quotable(item.question);
    if (answers.length === 0) {
      const told = inSpeech(open.filter(saysSomething));
      return told.length === 0
        ? `I have no clear answer on "${asked}", and the team will see that.`
        : `On "${asked}" I have ${told.join(' and ')}. I've put that down as not clear, and somebody may ask you about it again.`;
    }
    const told = this.#inTurns(chosen === undefined ? [...open, ...answers] : [chosen]);
    return this.#asked.has(item.id)
      ? `To "${asked}" you said ${told}.`
      : `You also told me ${told}.`;
  }

  /** Answers said back, each once: "and later" only where they are of different turns. */
  #inTurns(lines: readonly string[]): string {
    const once = lines.filter((line, at) => inSpeech(lines.slice(0, at + 1)).length > at);
    return once.reduce((told, line, at) => {
      const quote = `"${saidBack(line)}"`;
      const before = once[at - 1];
      if (before === undefined) return quote;
      const same = this.#turns.get(line) === this.#turns.get(before);
      return `${told}${same ? ' and ' : ', and later '}${quote}`;
    }, '');
  }

  /** One sentence for each item, for the team; `last` where what was not answered stays so. */
  notes(last: boolean): string[] {
    const noted = [...this.#entries.values()].map((entry) => this.#noteOn(entry));
    return last ? [...noted, ...this.#unanswered()] : noted;
  }

  #unanswered(): string[] {
    const left = this.#items.filter(({ id }) => !this.#entries.has(id));
    return left.map(({ id, question, redFlag }) => {
      const reply = this.#replies.get(id);
      if (reply !== undefined) return `${question} In reply: "${reply}".`;
      const state = this.#asked.has(id) ? 'Not answered' : 'Not asked on this call';
      return `${state}${redFlag ? ' (red flag)' : ''}: "${question}"`;
    });
  }

  #noteOn(entry: Entry): string {
    const { item, answers, open, chosen } = entry;
    if (answers.length === 0) return this.#unclear(entry);
    const told = [...open, ...answers].map((each) => `"${each}"`);
    if (chosen !== undefined) {
      const earlier = told.filter((each) => each !== `"${chosen}"`).join(', ');
      const before = earlier === '' ? '' : ` (holds now, as the patient says; before: ${earlier})`;
      return `${item.question} "${chosen}"${before}`;
    }
    return `${item.question} ${told.length > 1 ? `${told.join(', then ')} (the latest)` : told.join('')}`;
  }

  #unclear({ item, open, part, declined }: Entry): string {
    const replies = open.map((each) => `"${each}"`).join(' and ');
    const asked = this.timesPut(item.id) > 1 ? 'asked twice' : 'asked once';
    const what = part === undefined ? 'Not clear' : `Not clear ("${quotable(part)}")`;
    const state = declined === true ? 'Would rather not say' : what;
    const due = item.redFlag ? ' For a clinician to follow up the same day.' : '';
    return `${item.question} ${state}: ${asked}, answered ${replies}.${due}`;
  }
}

/** Adds a line unless one holds it already. */
export function addTo(lines: string[], line: string): void {
  if (line !== '' && !lines.some((each) => each.includes(line))) lines.push(line);
}

/** Answers as they are said back, each once. */
function inSpeech(lines: readonly string[]): string[] {
  return [...new Set(lines.map((line) => `"${saidBack(line)}"`))];
}
