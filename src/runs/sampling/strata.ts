import { randomFrom } from '../../determinism.js';
import { shuffled } from '../../statistics/shuffled.js';
import type { DialogueKey, RunRecord } from '../../store/run-record.js';

/** The dialogues of one hazard and agent, in the order in which they are drawn. */
export interface Stratum {
  readonly hazard: string;
  readonly hardNegative: boolean;
  readonly agent: string;
  readonly order: readonly DialogueKey[];
}

/**
 * What a run that stops early draws from, agents fastest; none for a run that holds its whole plan.
 * The order hangs on seed and hazard alone and is the same for every agent, so that agents compare in
 * pairs as far as each was sampled.
 */
export function strataOf({
  sampling,
  agents,
  plan: { seed, repeats },
}: Pick<RunRecord, 'sampling' | 'agents' | 'plan'>): Stratum[] {
  return (sampling?.strata ?? []).flatMap(({ hazard, hardNegative, scenarios }) => {
    const dialogues = scenarios.flatMap((scenario) =>
      Array.from({ length: repeats }, (_, index) => ({ scenario, repeat: index + 1 })),
    );
    const random = randomFrom(seed, 'order of sampling', hazard, String(hardNegative));
    const order = shuffled(dialogues, random);
    return agents.map(({ name: agent }) => ({
      ...{ hazard, hardNegative, agent },
      order: order.map((dialogue) => ({ ...dialogue, agent })),
    }));
  });
}
