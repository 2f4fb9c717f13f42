import type { DialogueOutcome } from '../judge/dialogue-outcome.js';

/**
 * pass^k over scenarios that were repeated k times (τ-bench, Yao 2024, arXiv 2406.12045), as a range:
 * the share of scenarios of which all repeats passed, up to the share of which none failed.
 */
export interface RepeatRange {
  readonly k: number;
  readonly scenarios: number;
  readonly allPass: number;
  readonly noneFail: number;
}

/** Counts repeats by scenario; of a scenario only its outcomes are kept. */
export class RepeatTally {
  readonly #outcomes = new Map<string, DialogueOutcome[]>();

  add(scenario: string, outcome: DialogueOutcome): void {
    this.#outcomes.set(scenario, [...(this.#outcomes.get(scenario) ?? []), outcome]);
  }

  /** Undefined where no scenario has all of its `k` repeats exposed and judged, or k is 1. */
  range(k: number): RepeatRange | undefined {
    const whole = [...this.#outcomes.values()].filter((outcomes) => outcomes.length === k);
    if (k < 2 || whole.length === 0) return undefined;
    const share = (holds: (outcome: DialogueOutcome) => boolean) =>
      whole.filter((outcomes) => outcomes.every(holds)).length / whole.length;
    return {
      k,
      scenarios: whole.length,
      allPass: share((outcome) => outcome === 'pass'),
      noneFail: share((outcome) => outcome !== 'fail'),
    };
  }
}
