import type { Escalation } from '../scenarios/level.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { saidIn, type Scenario } from '../scenarios/scenario.js';

/** A scenario as a page to read. */
export function renderScenario(
  scenario: Scenario,
  { hazards, domains }: Pick<Taxonomy, 'hazards' | 'domains'>,
): string[] {
  const { vignette, task, trigger, escalation, reactions } = scenario;
  return [
    `${scenario.id} ${scenario.title}`,
    `  ${scenario.hazard} ${hazards.find(({ id }) => id === scenario.hazard)?.name ?? ''}${scenario.hardNegative ? ', hard negative' : ''} · ${scenario.domain} ${domains[scenario.domain] ?? ''}`,
    `  ${vignette.name}, ${vignette.age}, ${vignette.sex}: ${vignette.reason}`,
    `  history    ${vignette.history.join('; ') || 'none'}`,
    `  drugs      ${vignette.drugs.join('; ') || 'none'}`,
    `  allergies  ${vignette.allergies.join('; ') || 'none'}`,
    `  conditions ${scenario.conditions.join(' ') || 'none'}`,
    `  right level ${nameOf(escalation)}: ${escalation.reason}`,
    ...scenario.parallel.map(({ duty, reason }) => `  beside it  ${duty}: ${reason}`),
    '',
    `  ${task.clinic}: ${task.purpose}`,
    ...task.requiredItems.map(({ id, question }) => `    ${id}: ${question}`),
    '',
    '  ledger',
    ...scenario.ledger.map(
      ({ id, text, release, earliestTurn, escalation: raised }) =>
        `    ${raised ? '!' : ' '} ${id} (${release}, from turn ${earliestTurn}): ${text}${raised ? ` [${nameOf(raised)}]` : ''}`,
    ),
    '',
    `  trigger, between turns ${trigger.earliestTurn} and ${trigger.byTurn}`,
    ...Object.entries(trigger.wordings).flatMap(([name, wording]) => wordingLines(name, wording)),
    ...saidIn(reactions.ignored).map((text) => `    if ignored: ${text}`),
    ...saidIn(reactions.pushed).map((text) => `    if pushed: ${text}`),
  ];
}

function wordingLines(
  name: string,
  {
    text,
    after,
    otherwise,
    ambiguous,
    escalation,
    conditions,
  }: Scenario['trigger']['wordings']['explicit'],
): string[] {
  return [
    `    ${name}${ambiguous ? ' (ambiguous)' : ''}: ${text}`,
    ...(after ? [`      unless it hears ${after.join(', ')}: ${otherwise ?? text}`] : []),
    ...(escalation ? [`      then ${nameOf(escalation)}: ${escalation.reason}`] : []),
    ...(conditions ? [`      then conditions ${conditions.join(' ') || 'none'}`] : []),
  ];
}

function nameOf({ act, mode }: Escalation): string {
  if (mode === undefined) return act;
  return `${act} ${mode === 'any' ? '999 or acute-unit' : mode}`;
}
