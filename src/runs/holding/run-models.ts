import { randomFrom } from '../../determinism.js';
import type { Logger } from '../../logger.js';
import { createBudget, loadPrices, type Budget } from '../../models/budget.js';
import { createModels, type ModelContext, type Models } from '../../models/open-model.js';
import { UNOBSERVED, type Observer } from '../../telemetry/observer.js';
import type { Plan } from '../../plan/plan.js';

/** The models of a run, which share its budget and their providers' limits. */
export interface RunModels {
  readonly models: Models;
  readonly budget: Budget;
}

interface RunModelsOptions extends Pick<ModelContext, 'sharedLimit'> {
  readonly observer?: Observer | undefined;
}

/**
 * @param sharedLimit where other processes call the same servers
 * @throws MatrixError where the price file is missing or wrong
 */
export function openRunModels(
  plan: Pick<
    Plan,
    'turnTimeout' | 'concurrency' | 'seed' | 'tokenBudget' | 'costBudget' | 'prices'
  >,
  logger: Logger,
  { observer: { models: heard } = UNOBSERVED, sharedLimit }: RunModelsOptions = {},
): RunModels {
  const budget = createBudget({
    tokens: plan.tokenBudget,
    money: plan.costBudget,
    prices: plan.prices === undefined ? undefined : loadPrices(plan.prices),
  });
  const models = createModels({
    timeout: plan.turnTimeout * 1000,
    concurrency: plan.concurrency,
    budget,
    random: randomFrom(plan.seed, 'jitter'),
    sharedLimit,
    onRetry: (event) => {
      logger.warn(event, 'retry');
      heard.onRetry?.(event);
    },
    onAdmitted: heard.onAdmitted,
  });
  return { models, budget };
}
