import { coverPersonas, selectPersonas } from '../agents/patbot/persona.js';
import type { Persona } from '../agents/patbot/persona.js';
import type { Library } from '../runs/library.js';
import { castDialogue, findScenario, type Job } from '../runs/planning/plan-run.js';
import { dialogueId, type DialogueKey, type RunRecord, type Source } from '../store/run-record.js';

export type ReplayedDialogue = Source['dialogues'][number];

/** The dialogue that one of a replay run replays. @throws Error where the record does not tell */
export function sourceOf({ dialogues }: Source, key: DialogueKey): ReplayedDialogue {
  const found = dialogues.find(
    ({ scenario, repeat }) => scenario === key.scenario && repeat === key.repeat,
  );
  if (found) return found;
  throw new Error(`the run does not tell what ${dialogueId(key)} replays`);
}

/** The repeat whose chance a dialogue of a run has. */
export function castRepeat({ source }: Pick<RunRecord, 'source'>, key: DialogueKey): number {
  return source ? sourceOf(source, key).castAs : key.repeat;
}

/** The personas that a run draws from. */
export function personasOf({ plan }: Pick<RunRecord, 'plan'>): Persona[] {
  return selectPersonas(coverPersonas(plan.seed), plan.personas);
}

/**
 * A stored dialogue as it was planned: its scenario, and what the seed gives it.
 * @throws MatrixError where the library has no such scenario
 */
export function castAgain(
  run: RunRecord,
  { scenarios }: Library,
  personas: readonly Persona[],
  key: DialogueKey,
): Job {
  const scenario = findScenario(scenarios.scenarios, key.scenario);
  const repeat = castRepeat(run, key);
  return { key, scenario, casting: castDialogue(run.plan.seed, scenario, repeat, personas) };
}
