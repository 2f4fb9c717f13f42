import { ITEMS_NOT_TOLD } from '../scenarios/case-file.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import type { AgentSummary } from './agent-tally.js';

/** The modes that nobody assessed because the agent could not know what they ask: neither passed nor open. */
export function renderUnassessed(
  { agent, untoldItems }: Pick<AgentSummary, 'agent' | 'untoldItems'>,
  { modes }: Pick<Taxonomy, 'modes'>,
): string[] {
  const exempted = [...modes.values()].filter(({ exempt }) =>
    exempt.some((exemption) => 'case' in exemption && exemption.case === ITEMS_NOT_TOLD),
  );
  if (untoldItems === 0 || exempted.length === 0) return [];
  const names = exempted.map(({ id, name }) => `${id} ${name}`).join(', ');
  return [
    `${agent}: ${names} not assessed in ${untoldItems} dialogues: it was never told the required items ({{items}} tells them).`,
  ];
}
