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
  spendAgain(before: readonly ({ readonly model: string | null } & Usage)[]): void;
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
  const spent = { tokens: 0, money: 0, isPriced: prices !== undefined };
  const spend = (model: string, usage: Usage) => {
    const price = priceOf(model, prices);
    spent.tokens += usage.inputTokens + usage.outputTokens;
    if (price) spent.money += costOf(usage, price);
    else spent.isPriced = false;
  };
  return {
    assertLeft: () => {
      const excess = excessOf(spent, options);
      if (excess !== undefined) throw new BudgetSpent(excess);
    },
    isSpent: () => excessOf(spent, options) !== undefined,
    excess: () => excessOf(spent, options),
    assertPriced: (model) => {
      if (money !== undefined && !priceOf(model, prices)) throw unpriced(bareModelName(model));
    },
    spend: (model, usage) => {
      if (usage) spend(model, usage);
    },
    spendAgain: (before) => {
      for (const { model, ...usage } of before) if (model !== null) spend(model, usage);
    },
    get spent() {
      return { tokens: spent.tokens, money: spent.isPriced ? spent.money : null };
    },
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
