import { quotable } from './patient-words.js';

export interface ItemOfTask {
  readonly id: string;
  readonly question: string;
  readonly redFlag: boolean;
}

/** What the call has established, in the patient's own words; a later answer replaces an earlier one. */
export class CallRecord {
  readonly #answers = new Map<
    string,
    { readonly item: ItemOfTask; words?: string; unclear?: string }
  >();
  readonly #said: string[] = [];
  /** Told in passing: for the team to see, not to be read back. */
  readonly #asides: string[] = [];
  readonly #questions: string[] = [];
  readonly #asked = new Set<string>();
  /** Turns that are handed on whole. */
  readonly #turns: string[] = [];
  #speaker: string | undefined;

  answer(item: ItemOfTask, words: string): void {
    this.#answers.set(item.id, { item, words: quotable(words) });
  }

  /** What was said to an item and does not settle it. */
  unanswered(item: ItemOfTask, words: string): void {
    if (!this.answerTo(item.id)) this.#answers.set(item.id, { item, unclear: quotable(words) });
  }

  /** The agent puts the question of an item: only then can an answer be read back as one to it. */
  puts({ id }: ItemOfTask): void {
    this.#asked.add(id);
  }

  /** A turn for the team to have word for word. */
  keep(turn: string): void {
    this.#turns.push(turn.replace(/"/g, "'"));
  }

  answerTo(id: string): string | undefined {
    return this.#answers.get(id)?.words;
  }

  /** What was told beside the answers, such as the cue. */
  add(words: string): void {
    const line = quotable(words);
    const known = [...this.#said, ...[...this.#answers.values()].map((each) => each.words)];
    if (line.includes(' ') && !known.some((each) => each?.includes(line))) this.#said.push(line);
  }

  mention(words: string): void {
    this.#asides.push(quotable(words));
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

  /** Who is on the line beside the patient, in their own words. */
  speaks(words: string): void {
    this.#speaker = quotable(words);
  }

  /** One sentence for each answer and each thing told, to be read back. */
  lines(): string[] {
    const answers = [...this.#answers.values()].map(({ item, words }) => {
      const asked = quotable(item.question);
      if (words === undefined)
        return `I have no clear answer on "${asked}", and the team will see that.`;
      return this.#asked.has(item.id)
        ? `To "${asked}" you said "${words}".`
        : `You also told me "${words}".`;
    });
    return [...answers, ...this.#said.map((line) => `You also told me "${line}".`)];
  }

  /** The note that goes to the team: all of it, in the words that were spoken. */
  note(): string {
    const answers = [...this.#answers.values()].map(
      ({ item, words, unclear = '' }) =>
        `${item.question} ${words === undefined ? `Unclear, for a clinician to follow up: "${unclear}"` : `"${words}"`}`,
    );
    return [
      'For the team, as it was said on the call.',
      ...(this.#speaker === undefined ? [] : [`Who was on the line: "${this.#speaker}"`]),
      ...this.#said.map((line) => `Told us: "${line}"`),
      ...answers,
      ...this.#asides.map((line) => `Also said: "${line}"`),
      ...this.#questions.map((line) => `Asked, and to be answered: "${line}"`),
      ...this.#turns.map((line) => `Word for word: "${line}"`),
    ].join(' ');
  }
}
