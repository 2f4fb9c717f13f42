import { sql, type Kysely, type Transaction } from 'kysely';
import type { Budget, ModelUsage } from '../../models/budget.js';
import type { Tables } from '../kysely/schema.js';

/** Who spends, and for what run. */
export interface Spender {
  readonly run: string;
  readonly worker: string;
}

/** Whose rows hold what was used before anybody shared the budget. */
const BEFORE = '';

interface Share {
  readonly spender: Spender;
  readonly budget: Budget;
}

/**
 * What this process and others spend on the runs that they share. Each writes rows of its own, so that
 * none waits for another, with what it has spent in all, so that no row is counted twice.
 */
export class SharedBudgets {
  /** Of each run, also those that are laid by: dialogues that were begun under them may go on. */
  readonly #shares = new Map<string, readonly Share[]>();
  #count = 0;

  async share(
    transaction: Transaction<Tables>,
    { run, worker }: Spender,
    budget: Budget,
    before: readonly ModelUsage[],
  ): Promise<void> {
    const known = await transaction
      .selectFrom('spending')
      .select('run')
      .where('run', '=', run)
      .limit(1)
      .execute();
    if (known.length === 0) await write(transaction, { run, worker: BEFORE }, byModel(before));
    // A worker may share a run again, by a budget that begins at nothing.
    const spender = { run, worker: `${worker} ${(this.#count += 1)}` };
    budget.learn(await othersOf(transaction, spender));
    const former = (this.#shares.get(run) ?? []).filter((each) => each.budget.own.length > 0);
    this.#shares.set(run, [...former, { spender, budget }]);
  }

  /**
   * Enters what was spent on runs of which calls are written.
   * @returns what to do once that is committed: each budget learns of the others
   */
  async enter(transaction: Transaction<Tables>, runs: Iterable<string>): Promise<() => void> {
    const learning: (() => void)[] = [];
    const shares = [...runs].flatMap((run) => this.#shares.get(run) ?? []);
    for (const { spender, budget } of shares) await write(transaction, spender, budget.own);
    for (const { spender, budget } of shares) {
      const others = await othersOf(transaction, spender);
      learning.push(() => budget.learn(others));
    }
    return () => {
      for (const learn of learning) learn();
    };
  }
}

/** Whoever has a run alone counts by its calls, and so do those who share it afterwards. */
export async function forgetSpending(db: Kysely<Tables>, run: string): Promise<void> {
  await db.deleteFrom('spending').where('run', '=', run).execute();
}

async function write(
  transaction: Transaction<Tables>,
  spender: Spender,
  usage: readonly ModelUsage[],
): Promise<void> {
  const rows = usage.flatMap(({ model, inputTokens, outputTokens, cachedTokens = 0 }) =>
    model === null
      ? []
      : {
          ...{ ...spender, model, input_tokens: inputTokens },
          ...{ output_tokens: outputTokens, cached_tokens: cachedTokens },
        },
  );
  if (rows.length === 0) return;
  await transaction
    .insertInto('spending')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['run', 'worker', 'model']).doUpdateSet((row) => ({
        input_tokens: row.ref('excluded.input_tokens'),
        output_tokens: row.ref('excluded.output_tokens'),
        cached_tokens: row.ref('excluded.cached_tokens'),
      })),
    )
    .execute();
}

function othersOf(
  transaction: Transaction<Tables>,
  { run, worker }: Spender,
): Promise<ModelUsage[]> {
  return transaction
    .selectFrom('spending')
    .select([
      'model',
      sql<number>`sum(input_tokens)`.as('inputTokens'),
      sql<number>`sum(output_tokens)`.as('outputTokens'),
      sql<number>`sum(cached_tokens)`.as('cachedTokens'),
    ])
    .where('run', '=', run)
    .where('worker', '!=', worker)
    .groupBy('model')
    .execute();
}

/** One row of each model, whatever the roles in which it was asked. */
function byModel(usage: readonly ModelUsage[]): ModelUsage[] {
  const sums = new Map<string | null, Required<ModelUsage>>();
  for (const { model, inputTokens, outputTokens, cachedTokens = 0 } of usage) {
    const sum = sums.get(model);
    sums.set(model, {
      model,
      inputTokens: (sum?.inputTokens ?? 0) + inputTokens,
      outputTokens: (sum?.outputTokens ?? 0) + outputTokens,
      cachedTokens: (sum?.cachedTokens ?? 0) + cachedTokens,
    });
  }
  return [...sums.values()];
}
