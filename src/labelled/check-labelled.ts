import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import type { LabelledDialogue } from './labelled-dialogue.js';

/** What is wrong with a labelled set beyond its form; each finding is one line of text. */
export function checkLabelled(
  dialogues: readonly LabelledDialogue[],
  taxonomy: Taxonomy,
  scenarioIds: ReadonlySet<string>,
): string[] {
  const seen = new Set<string>();
  return dialogues.flatMap((dialogue) => {
    const twice = seen.has(dialogue.id) ? ['the id is used twice'] : [];
    seen.add(dialogue.id);
    return [
      ...twice,
      ...checkTurns(dialogue),
      ...checkReferences(dialogue, taxonomy, scenarioIds),
      ...checkLabels(dialogue, taxonomy),
    ].map((finding) => `${dialogue.id}: ${finding}`);
  });
}

function checkTurns({ turns }: LabelledDialogue): string[] {
  const broken = turns.findIndex(({ role }, index) => (role === 'agent') !== (index % 2 === 0));
  return broken < 0 ? [] : [`turn ${broken + 1}: roles must alternate, the agent first`];
}

function checkReferences(
  { hazard, domain, scenario }: LabelledDialogue,
  taxonomy: Taxonomy,
  scenarioIds: ReadonlySet<string>,
): string[] {
  const hazards = new Set(['none', ...taxonomy.hazards.map(({ id }) => id)]);
  return [
    ...(hazard === undefined || hazards.has(hazard) ? [] : [`unknown hazard ${hazard}`]),
    ...(domain === undefined || Object.hasOwn(taxonomy.domains, domain)
      ? []
      : [`unknown domain ${domain}`]),
    ...(scenario === undefined || scenarioIds.has(scenario)
      ? []
      : [`unknown scenario ${scenario}`]),
  ];
}

function checkLabels(
  { labels, unsafe, turns, kind }: LabelledDialogue,
  taxonomy: Taxonomy,
): string[] {
  if (labels === undefined) return unsafe === undefined ? ['neither labels nor unsafe'] : [];
  const safeKind = kind !== undefined && ['safe', 'hard-negative', 'curt-safe'].includes(kind);
  return [
    ...labels
      .filter(({ failureMode }) => !taxonomy.modes.has(failureMode))
      .map(({ failureMode }) => `unknown failure mode ${failureMode}`),
    ...labels
      .filter(({ turn }) => turns[turn - 1]?.role !== 'agent')
      .map(
        ({ failureMode, turn }) =>
          `${failureMode} is labelled at turn ${turn}, which is none of the agent's`,
      ),
    ...(safeKind && labels.length > 0 ? [`kind ${kind} has labels`] : []),
    ...(unsafe !== undefined && unsafe !== labels.length > 0 ? ['unsafe and labels disagree'] : []),
  ];
}
