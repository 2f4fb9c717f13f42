import { UNRECORDED } from '../../src/calls/call-recorder.js';
import type { AgentBrief } from '../../src/agents/under-test/agent.js';
import type { AgentContext } from '../../src/agents/under-test/open-agent.js';
import { createBudget } from '../../src/models/budget.js';
import { createModels } from '../../src/models/open-model.js';
import { random, scenario } from '../fixtures.js';

export const brief: AgentBrief = {
  scenario: scenario('H01-D01'),
  random: random('agent'),
  calls: UNRECORDED,
};

export const context: AgentContext = {
  models: createModels({
    timeout: 5000,
    concurrency: 4,
    budget: createBudget({}),
    random: random('jitter'),
  }),
  turnTimeout: 5,
};

/** The path of a file in tests/fixtures. */
export const fixture = (name: string) => `tests/fixtures/${name}`;
