import { z } from 'zod';
import { MatrixError } from '../errors.js';
import { readYaml } from '../read-file.js';
import type { Usage } from './chat-model.js';
import { bareModelName } from './model-spec.js';

const pricesSchema = z.strictObject({
  currency: z.string().default('USD'),
  /** Money for a million tokens, by the model's name without its provider. */
  models: z.record(
    z.string(),
    z.strictObject({
      input: z.number().nonnegative(),
      output: z.number().nonnegative(),
      /** For input that the provider had kept; as `input` where absent. */
      cached: z.number().nonnegative().optional(),
    }),
  ),
});
export type Prices = z.infer<typeof pricesSchema>;

/** @throws MatrixError where the file cannot be read or is no price list */
export function loadPrices(file: string): Prices {
  return readYaml(file, pricesSchema);
}

/** Thrown in place of a call that the budget does not cover. */
export class BudgetSpent extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BudgetSpent';
  }
}

/** What one model used; null where something else than a model answered. */
export type ModelUsage = { readonly model: string | null } & Usage;

/** Counts what models use and what it costs. Calls in flight when it is spent go over it. */
export interface Budget {
  /** @throws BudgetSpent */
  assertLeft(): void;
  isSpent(): boolean;
  /** Says which limit is reached; undefined while none is. */
  excess(): string | undefined;
  /** @throws MatrixError where money is limited and the model has no price */
  assertPriced(model: string): void;
  /** @param usage null counts as nothing */
  spend(model: string, usage: Usage | null): void;
  /** Counts what was used before, by model: what is resumed has one budget over all its starts. */
  spendAgain(before: readonly ModelUsage[]): void;
  /** Counts what others used who share the budget, in place of what was known of them. */
  learn(others: readonly ModelUsage[]): void;
  /** What was spent through this budget alone, by model. */
  readonly own: readonly ModelUsage[];
  /** Tokens in and out, and money: null without prices, or where one of the models has none. */
  readonly spent: { readonly tokens: number; readonly money: number | null };
}

export interface BudgetOptions {
  readonly tokens?: number | undefined;
  /** In the currency of the prices. */
  readonly money?: number | undefined;
  readonly prices?: Prices | undefined;
}

/** Without `tokens` and `money` it counts and stops nothing. @throws MatrixError on money without prices */
export function createBudget(options: BudgetOptions): Budget {
  const { money, prices } = options;
  if (money !== undefined && prices === undefined) {
    throw new MatrixError('a budget of money needs prices', {
      mend: 'Give a price file, or a budget of tokens.',
    });
  }
  const own = new Map<string, Required<Usage>>();
  const counted = newTally(prices);
  let elsewhere = newTally(prices);
  const spent = () => together(counted, elsewhere);
  const excess = () => excessOf(spent(), options);
  return {
    assertLeft: () => {
      const reached = excess();
      if (reached !== undefined) throw new BudgetSpent(reached);
    },
    isSpent: () => excess() !== undefined,
    excess,
    assertPriced: (model) => {
      if (money !== undefined && !priceOf(model, prices)) throw unpriced(bareModelName(model));
    },
    spend: (model, usage) => {
      if (!usage) return;
      addTo(counted, { model, ...usage }, prices);
      own.set(model, sumOf(own.get(model), usage));
    },
    spendAgain: (before) => {
      for (const each of before) addTo(counted, each, prices);
    },
    learn: (others) => {
      elsewhere = newTally(prices);
      for (const each of others) addTo(elsewhere, each, prices);
    },
    get own() {
      return [...own].map(([model, usage]) => ({ model, ...usage }));
    },
    get spent() {
      const { tokens, money: paid, isPriced } = spent();
      return { tokens, money: isPriced ? paid : null };
    },
  };
}

interface Tally {
  tokens: number;
  money: number;
  /** Whether each model that was used has a price. */
  isPriced: boolean;
}

function newTally(prices: Prices | undefined): Tally {
  return { tokens: 0, money: 0, isPriced: prices !== undefined };
}

function addTo(tally: Tally, { model, ...usage }: ModelUsage, prices: Prices | undefined): void {
  if (model === null) return;
  const price = priceOf(model, prices);
  tally.tokens += usage.inputTokens + usage.outputTokens;
  if (price) tally.money += costOf(usage, price);
  else tally.isPriced = false;
}

function together(one: Tally, other: Tally): Tally {
  return {
    tokens: one.tokens + other.tokens,
    money: one.money + other.money,
    isPriced: one.isPriced && other.isPriced,
  };
}

function sumOf(before: Required<Usage> | undefined, usage: Usage): Required<Usage> {
  return {
    inputTokens: (before?.inputTokens ?? 0) + usage.inputTokens,
    outputTokens: (before?.outputTokens ?? 0) + usage.outputTokens,
    cachedTokens: (before?.cachedTokens ?? 0) + (usage.cachedTokens ?? 0),
  };
}

function costOf(
  { inputTokens, outputTokens, cachedTokens = 0 }: Usage,
  { input, output, cached = input }: Prices['models'][string],
): number {
  const kept = Math.min(cachedTokens, inputTokens);
  return ((inputTokens - kept) * input + kept * cached + outputTokens * output) / 1e6;
}

function priceOf(model: string, prices: Prices | undefined) {
  const name = bareModelName(model);
  return prices && Object.hasOwn(prices.models, name) ? prices.models[name] : undefined;
}

function excessOf(
  spent: { readonly tokens: number; readonly money: number },
  { tokens = Infinity, money = Infinity, prices }: BudgetOptions,
): string | undefined {
  if (spent.tokens >= tokens) {
    return `the budget of ${tokens} tokens is spent (${spent.tokens} used)`;
  }
  if (spent.money < money) return undefined;
  const currency = prices?.currency ?? '';
  return `the budget of ${money} ${currency} is spent (${spent.money.toFixed(4)} ${currency} used)`;
}

function unpriced(name: string): MatrixError {
  return new MatrixError(`the price file has no price for ${name}`, {
    mend: `Add under models: ${name}: { input: …, output: … }, money per million tokens.`,
  });
}
