import { MatrixError } from '../errors.js';
import { BudgetSpent } from '../models/budget.js';

/**
 * `Promise.all` that waits for all, so that no answer which is under way is lost when another call
 * fails. Then it throws the first failure: one that stops the run where there is one.
 */
export async function settleAll<T extends readonly unknown[] | []>(
  work: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const settled = await Promise.allSettled(work);
  const failures = settled.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
  const stops = ({ reason }: PromiseRejectedResult) =>
    reason instanceof MatrixError || reason instanceof BudgetSpent;
  const first = failures.find(stops) ?? failures[0];
  if (first) throw first.reason;
  return Promise.all(work);
}
