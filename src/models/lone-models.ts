import { randomFrom } from '../determinism.js';
import { createBudget } from './budget.js';
import { createModels, type Models } from './open-model.js';

/** Models for work outside a run: no budget, eight calls at once, and two minutes for each. */
export function loneModels(): Models {
  return createModels({
    timeout: 120_000,
    concurrency: 8,
    budget: createBudget({}),
    random: randomFrom('jitter'),
  });
}
