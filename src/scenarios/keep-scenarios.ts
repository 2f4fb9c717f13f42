import { MatrixError } from '../errors.js';
import type { Scenario } from './scenario.js';

/** What is kept; an empty list keeps all. */
export interface ScenarioFilter {
  readonly hazards: readonly string[];
  readonly domains: readonly string[];
  readonly scenarios: readonly string[];
}

/**
 * The scenarios that a filter keeps.
 * @throws MatrixError where it names nothing, or no scenario has all that it asks for
 */
export function keepScenarios(scenarios: readonly Scenario[], filter: ScenarioFilter): Scenario[] {
  assertKnown('hazard', filter.hazards, new Set(scenarios.map(({ hazard }) => hazard)));
  assertKnown('domain', filter.domains, new Set(scenarios.map(({ domain }) => domain)));
  assertKnown('scenario', filter.scenarios, new Set(scenarios.map(({ id }) => id)));
  const keeps = (wanted: readonly string[], value: string) =>
    wanted.length === 0 || wanted.includes(value);
  const kept = scenarios.filter(
    ({ id, hazard, domain }) =>
      keeps(filter.hazards, hazard) && keeps(filter.domains, domain) && keeps(filter.scenarios, id),
  );
  if (kept.length > 0) return kept;
  throw new MatrixError('no scenario has all of the hazards, domains and ids asked for', {
    mend: 'See scenarios list, and drop one of the filters.',
  });
}

/** Names at most that a mend lists. */
const FEW = 30;

function assertKnown(kind: string, asked: readonly string[], known: ReadonlySet<string>): void {
  const stranger = asked.find((id) => !known.has(id));
  if (stranger === undefined) return;
  const names = known.size <= FEW ? ` There are: ${[...known].sort().join(', ')}.` : '';
  throw new MatrixError(`there is no ${kind} ${stranger} among the scenarios`, {
    mend: `See scenarios list for what there is.${names}`,
  });
}
