import { newNonce } from '../../judge/secret.js';
import type {
  RecordedAnswer,
  RecordedAnswers,
  RecordedQuestion,
} from '../../judge/recorded/recorded-answers.js';
import type { AnswerSource, Asked } from '../../judge/recorded/recorded-juror.js';

export interface DraftOptions {
  /** The nonce of a question that is asked for the first time; a new one unless given. */
  readonly nonceFor?: (key: string) => string | undefined;
  /** Asked what the recording lacks. Undefined where there is no answer yet. */
  readonly supply?: (asked: Asked, signal: AbortSignal) => Promise<RecordedAnswer | undefined>;
  /** Called with all that would be lost if the process ended now, as each answer comes. */
  readonly keep?: (answers: RecordedAnswers) => void;
}

/** A prompt without an answer. */
export interface LackingPrompt extends Asked {
  readonly nonce: string;
  /** Whether it asks again because the first answer has a flaw. */
  readonly again: boolean;
}

interface Drafted {
  readonly nonce: string;
  readonly answers: Map<string, Promise<RecordedAnswer | undefined>>;
}

/**
 * A recording that is made anew or looked through: what dialogues ask is answered from what was kept,
 * and else supplied. In the end it holds the answers that were asked for, and no others.
 */
export class RecordingDraft implements AnswerSource {
  readonly #before: RecordedAnswers;
  readonly #options: DraftOptions;
  readonly #asked = new Map<string, Drafted>();
  readonly #known = new Map<string, RecordedQuestion>();
  readonly #lacking = new Map<string, LackingPrompt>();
  #added = 0;

  constructor(before: RecordedAnswers, options: DraftOptions = {}) {
    this.#before = before;
    this.#options = options;
  }

  nonceOf(key: string): string {
    return this.#question(key).nonce;
  }

  /** Dialogues that ask the same wait for one answer. */
  answerTo(asked: Asked, signal: AbortSignal): Promise<RecordedAnswer | undefined> {
    const { answers } = this.#question(asked.key);
    const answer = answers.get(asked.prompt) ?? this.#answer(asked, signal);
    answers.set(asked.prompt, answer);
    return answer;
  }

  /** What was asked and answered. */
  get answers(): RecordedAnswers {
    return this.#known;
  }

  /** Questions asked. */
  get asked(): number {
    return this.#asked.size;
  }

  /** Questions that are answered and were not before. */
  get made(): number {
    return [...this.#known.keys()].filter((key) => !this.#before.has(key)).length;
  }

  /** Answers that were supplied, those to what was asked again too. */
  get added(): number {
    return this.#added;
  }

  get lacking(): readonly LackingPrompt[] {
    return [...this.#lacking.values()];
  }

  /** Questions that were kept and that nobody asks any more. */
  get stale(): number {
    return [...this.#before.keys()].filter((key) => !this.#asked.has(key)).length;
  }

  #question(key: string): Drafted {
    const known = this.#asked.get(key);
    if (known) return known;
    const nonce = this.#before.get(key)?.nonce ?? this.#options.nonceFor?.(key) ?? newNonce();
    const question: Drafted = { nonce, answers: new Map() };
    this.#asked.set(key, question);
    return question;
  }

  async #answer(asked: Asked, signal: AbortSignal): Promise<RecordedAnswer | undefined> {
    const { key, prompt } = asked;
    const kept = this.#before.get(key)?.answers.find((answer) => answer.prompt === prompt);
    const answer = kept ?? (await this.#options.supply?.(asked, signal));
    const { nonce } = this.#question(key);
    const answers = this.#known.get(key)?.answers ?? [];
    if (!answer) this.#lacking.set(prompt, { ...asked, nonce, again: answers.length > 0 });
    else this.#known.set(key, { key, nonce, answers: [...answers, answer] });
    if (!answer || kept) return answer;
    this.#added += 1;
    this.#options.keep?.(this.#soFar());
    return answer;
  }

  /** With what was kept before and may still be asked for. */
  #soFar(): RecordedAnswers {
    const all = new Map(this.#before);
    for (const [key, question] of this.#known) {
      const later = this.#before.get(key)?.answers ?? [];
      const known = new Set(question.answers.map(({ prompt }) => prompt));
      const rest = later.filter(({ prompt }) => !known.has(prompt));
      all.set(key, { ...question, answers: [...question.answers, ...rest] });
    }
    return all;
  }
}
