import type { Budget, ModelUsage } from '../models/budget.js';
import type { SharedLimit } from '../models/shared-limiter.js';

/** What one process that works on a run shares with all others that do. */
export interface Sharing {
  /**
   * Shares the run's budget: what each process spends is kept with its calls, in one transaction, and
   * after each of these the budget knows what all others spent.
   * @param before what the run has used, by its calls; counts where nobody shares the run's budget yet
   */
  shareBudget(budget: Budget, before: readonly ModelUsage[]): Promise<void>;
  /** The limit of a model server, which all processes find together, whatever their runs. */
  readonly sharedLimit: (server: string) => SharedLimit;
}
