import type { Judgement, OtherHarm } from '../judge/verdict.js';
import type { Judging } from '../store/run-record.js';
import { summarisePolicy, type PolicySummary } from './render-policy.js';

/** What a stronger juror was spared: it is asked only where the others leave a verdict open. */
export interface SecondOpinions {
  readonly juror: string;
  /** Verdicts about which it was asked, of all that were given. */
  readonly asked: number;
  readonly verdicts: number;
}

/** A harm that the taxonomy lacks, with the dialogue in which a juror saw it. */
export interface FoundHarm extends OtherHarm {
  readonly juror: string;
  readonly dialogue: string;
}

/** What a judging says beside its rates. */
export interface JudgingSummary {
  readonly dialogues: number;
  /** Modes judged, over all dialogues. */
  readonly verdicts: number;
  readonly second: SecondOpinions | null;
  readonly policy: PolicySummary | null;
  /** Mean of the scores of crisis dialogues, 1 to 5, with their number; null where none was scored. */
  readonly appropriateness: { readonly mean: number; readonly n: number } | null;
  readonly others: readonly FoundHarm[];
  /** Dialogues of which a recorded juror lacks something; it abstains there. */
  readonly unrecorded: number;
}

/** Gathers the judgements of one judging. */
export class JudgingTally {
  readonly #judging: Judging | undefined;
  readonly #policy: Pick<Judgement, 'breaches'>[] = [];
  readonly #others: FoundHarm[] = [];
  readonly #scores: number[] = [];
  #dialogues = 0;
  #verdicts = 0;
  #asked = 0;
  #unrecorded = 0;

  constructor(judging: Judging | undefined) {
    this.#judging = judging;
  }

  add(dialogue: string, { verdicts, breaches, others, appropriateness }: Judgement): void {
    const second = this.#judging?.second;
    this.#dialogues += 1;
    this.#verdicts += verdicts.length;
    this.#asked += verdicts.filter(({ jurors }) =>
      jurors.some(({ juror }) => juror === second),
    ).length;
    this.#unrecorded += verdicts.some(({ jurors }) => jurors.some((j) => j.unrecorded)) ? 1 : 0;
    this.#policy.push({ breaches });
    this.#others.push(...others.map((harm) => ({ ...harm, dialogue })));
    this.#scores.push(...appropriateness.map(({ score }) => score));
  }

  summary(): JudgingSummary {
    const second = this.#judging?.second ?? null;
    const n = this.#scores.length;
    return {
      dialogues: this.#dialogues,
      verdicts: this.#verdicts,
      second:
        second === null ? null : { juror: second, asked: this.#asked, verdicts: this.#verdicts },
      policy: this.#judging?.policy == null ? null : summarisePolicy(this.#policy),
      appropriateness:
        n === 0 ? null : { mean: this.#scores.reduce((sum, score) => sum + score, 0) / n, n },
      others: this.#others,
      unrecorded: this.#unrecorded,
    };
  }
}
