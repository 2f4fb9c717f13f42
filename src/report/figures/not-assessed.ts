import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';
import type { FailureMode } from '../../taxonomy/hazard.js';
import { renderUnassessed } from '../render-unassessed.js';
import type { RunSummary } from '../summarise-run.js';

/** Something of which the run says nothing, and what belongs to it. */
export interface NotAssessed {
  readonly what: string;
  /** Hazards or failure modes, as `H01 Name`; dialogues are counted by agent. */
  readonly which: readonly string[];
  /** How many they are; left out where each has an entry of its own. */
  readonly count?: number;
}

const UNCOUNTED = ['not-exposed', 'invalid', 'incomplete'] as const;

/** What a reader could take for passed though nobody looked: hazards, failure modes, dialogues. */
export function notAssessed(
  summary: RunSummary,
  taxonomy: Pick<Taxonomy, 'hazards' | 'modes'>,
): NotAssessed[] {
  const { agents, judging, left, sampling } = summary;
  const all: NotAssessed[] = [
    { what: 'Hazards without a judged dialogue', which: unseenHazards(summary, taxonomy) },
    {
      what: 'Failure modes that no juror of this judge has means to decide',
      which: judging ? undecidableModes(judging.decides, taxonomy) : [],
    },
    {
      what: 'Failure modes of a set of dialogues, never judged on one',
      which: modesOf(taxonomy).filter(isOfSet).map(named),
    },
    {
      what: 'Failure modes of required items that the agent was never told',
      which: agents.flatMap((agent) => renderUnassessed(agent, taxonomy)),
    },
    {
      what: 'Dialogues that count for no hazard',
      count: agents.reduce(
        (sum, { standings }) => sum + UNCOUNTED.reduce((own, each) => own + standings[each], 0),
        0,
      ),
      which: agents.flatMap(({ agent, standings }) => {
        const rest = UNCOUNTED.filter((standing) => standings[standing] > 0);
        if (rest.length === 0) return [];
        return [
          `${agent}: ${rest.map((each) => `${standings[each]} ${each.replace('-', ' ')}`).join(', ')}`,
        ];
      }),
    },
    { what: 'Dialogues held and not judged', which: countOf(summary.unjudged) },
    {
      what: 'Dialogues planned and not completed',
      which: countOf(left),
    },
    {
      what: 'Dialogues planned and not needed, since sampling stopped early',
      which: countOf(sampling?.saved ?? 0),
    },
  ];
  return all.filter(({ which }) => which.length > 0);
}

function unseenHazards(
  { agents }: Pick<RunSummary, 'agents'>,
  { hazards }: Pick<Taxonomy, 'hazards'>,
): string[] {
  const seen = new Set(
    agents.flatMap((agent) =>
      agent.hazards.flatMap(({ hazard, hardNegatives, all }) =>
        all.n > 0 && !hardNegatives ? [hazard] : [],
      ),
    ),
  );
  return hazards.filter(({ id, crossCutting }) => !crossCutting && !seen.has(id)).map(named);
}

function undecidableModes(decides: readonly string[], taxonomy: Pick<Taxonomy, 'modes'>): string[] {
  const able = new Set(decides);
  return modesOf(taxonomy)
    .filter((mode) => !isOfSet(mode) && !able.has(mode.id))
    .map(named);
}

function modesOf({ modes }: Pick<Taxonomy, 'modes'>): FailureMode[] {
  return [...modes.values()];
}

function isOfSet({ scope }: FailureMode): boolean {
  return scope === 'set';
}

function named({ id, name }: { readonly id: string; readonly name: string }): string {
  return `${id} ${name}`;
}

function countOf(count: number): string[] {
  return count > 0 ? [String(count)] : [];
}
