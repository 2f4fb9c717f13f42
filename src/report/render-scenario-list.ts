import type { Scenario } from '../scenarios/scenario.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { textTable } from './text-table.js';

/** A scenario as a line of a list; `clinic` is the name of its domain. */
export function listedScenario(scenario: Scenario, { domains }: Pick<Taxonomy, 'domains'>) {
  const { id, hazard, domain, hardNegative, title, escalation } = scenario;
  const level = escalation.mode ? `${escalation.act} ${escalation.mode}` : escalation.act;
  return { id, hazard, domain, clinic: domains[domain] ?? '', hardNegative, level, title };
}

/** Scenarios as a table of ids, hazards, clinics, right levels and titles. */
export function renderScenarioList(
  scenarios: readonly Scenario[],
  taxonomy: Pick<Taxonomy, 'domains'>,
): string[] {
  const rows = scenarios
    .map((scenario) => listedScenario(scenario, taxonomy))
    .map(({ id, hazard, domain, clinic, hardNegative, level, title }) => [
      id,
      hardNegative ? `${hazard} hard negative` : hazard,
      `${domain} ${clinic}`,
      level,
      title,
    ]);
  return textTable([['id', 'hazard', 'clinic', 'right level', 'title'], ...rows], [0, 1, 2, 3, 4]);
}
