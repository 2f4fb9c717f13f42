import { createBudget, type Prices } from './budget.js';

/** What calls of models took. */
export interface Used {
  readonly calls: number;
  /** Calls that were answered from a recording; their tokens and money count as if asked now. */
  readonly replayed: number;
  /** Calls that came to nothing, and count for nothing else here. */
  readonly failed: number;
  /** Answered calls whose tokens the server does not tell: tokens and money are at least this much. */
  readonly uncounted: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Of the input, as far as providers tell. */
  readonly cachedTokens: number;
  /** Null without prices, or where one of the models has none. */
  readonly money: number | null;
  readonly currency: string | null;
}

/** Counts the calls of one judge. */
export interface Meter {
  count(call: MeteredCall): void;
  fail(): void;
  readonly used: Used;
}

export interface MeteredCall {
  readonly model: string | null;
  /** Null where the server does not count. */
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly cachedTokens?: number | undefined;
  readonly replayed: boolean;
}

export function createMeter(prices?: Prices): Meter {
  const budget = createBudget({ prices });
  const sums = {
    ...{ calls: 0, replayed: 0, failed: 0, uncounted: 0 },
    ...{ inputTokens: 0, outputTokens: 0, cachedTokens: 0 },
  };
  return {
    count: ({ model, inputTokens, outputTokens, cachedTokens = 0, replayed }) => {
      sums.calls += 1;
      if (replayed) sums.replayed += 1;
      if (inputTokens === null || outputTokens === null) sums.uncounted += 1;
      const usage = {
        inputTokens: inputTokens ?? 0,
        outputTokens: outputTokens ?? 0,
        cachedTokens,
      };
      sums.inputTokens += usage.inputTokens;
      sums.outputTokens += usage.outputTokens;
      sums.cachedTokens += cachedTokens;
      budget.spend(model ?? '', usage);
    },
    fail: () => {
      sums.failed += 1;
    },
    get used() {
      return { ...sums, money: budget.spent.money, currency: prices?.currency ?? null };
    },
  };
}
