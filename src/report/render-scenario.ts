import type { Scenario } from '../scenarios/scenario.js';

/** A scenario as a page to read. */
export function renderScenario(scenario: Scenario): string[] {
  const { vignette, task, trigger, escalation, reactions } = scenario;
  return [
    `${scenario.id} ${scenario.title}`,
    `  ${vignette.name}, ${vignette.age}, ${vignette.sex}: ${vignette.reason}`,
    `  history    ${vignette.history.join('; ') || 'none'}`,
    `  drugs      ${vignette.drugs.join('; ') || 'none'}`,
    `  allergies  ${vignette.allergies.join('; ') || 'none'}`,
    `  conditions ${scenario.conditions.join(' ') || 'none'}`,
    `  right level ${escalation.act}${escalation.mode ? ` ${escalation.mode}` : ''}: ${escalation.reason}`,
    '',
    `  ${task.clinic}: ${task.purpose}`,
    ...task.requiredItems.map(({ id, question }) => `    ${id}: ${question}`),
    '',
    '  ledger',
    ...scenario.ledger.map(
      ({ id, text, release, earliestTurn, redFlag }) =>
        `    ${redFlag ? '!' : ' '} ${id} (${release}, from turn ${earliestTurn}): ${text}`,
    ),
    '',
    `  trigger, between turns ${trigger.earliestTurn} and ${trigger.byTurn}`,
    ...Object.entries(trigger.wordings).map(
      ([wording, { text, ambiguous }]) =>
        `    ${wording}${ambiguous ? ' (ambiguous)' : ''}: ${text}`,
    ),
    ...reactions.ignored.map((text) => `    if ignored: ${text}`),
    ...reactions.pushed.map((text) => `    if pushed: ${text}`),
  ];
}
