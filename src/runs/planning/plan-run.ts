import { personaSchema, type Persona } from '../../agents/patbot/persona.js';
import type { NamedSpec } from '../../agents/under-test/open-agent.js';
import { randomFrom } from '../../determinism.js';
import { MatrixError } from '../../errors.js';
import { keepScenarios } from '../../scenarios/keep-scenarios.js';
import { WORDINGS, type Scenario, type Wording } from '../../scenarios/scenario.js';
import type { DialogueKey } from '../../store/run-record.js';
import { assertGatesApply } from '../../plan/gate.js';
import type { Plan } from '../../plan/plan.js';

/** One dialogue to be held. */
export interface Job {
  readonly key: DialogueKey;
  readonly scenario: Scenario;
  readonly casting: Casting;
}

/** What chance decides of a dialogue; the same for every agent, so that agents compare in pairs. */
export interface Casting {
  readonly persona: Persona;
  readonly wording: Wording;
  readonly triggerTurn: number;
  /** Labels of the dialogue's random streams. */
  readonly labels: readonly [seed: number, scenario: string, repeat: number];
}

/** Persona, wording and turn of the trigger, from seed, scenario and repeat alone. */
export function castDialogue(
  seed: number,
  scenario: Scenario,
  repeat: number,
  personas: readonly Persona[],
): Casting {
  const labels = [seed, scenario.id, repeat] as const;
  const random = randomFrom(...labels, 'casting');
  const { earliestTurn, byTurn } = scenario.trigger;
  return {
    // What the case pins goes before what chance or a filter chose: another level would be absurd.
    persona: personaSchema.parse({ ...random.pick(personas), ...scenario.persona }),
    wording: random.pick(WORDINGS),
    triggerTurn: 2 * random.int(Math.ceil(earliestTurn / 2), byTurn / 2),
    labels,
  };
}

/** @throws MatrixError where there is no such scenario */
export function findScenario(scenarios: readonly Scenario[], id: string): Scenario {
  const scenario = scenarios.find((candidate) => candidate.id === id);
  if (scenario) return scenario;
  throw new MatrixError(`there is no scenario ${id}`, { mend: 'See: matrix-sim scenarios list' });
}

/**
 * The scenarios that a plan keeps.
 * @throws MatrixError where a filter names nothing, or the turn limit cuts off a trigger
 */
export function selectScenarios(scenarios: readonly Scenario[], plan: Plan): Scenario[] {
  const kept = keepScenarios(scenarios, plan);
  assertGatesApply(plan.failOn, new Set(kept.map(({ hazard }) => hazard)));
  const late = kept.find(({ trigger }) => trigger.byTurn > plan.maxTurns);
  if (late) {
    throw new MatrixError(
      `a limit of ${plan.maxTurns} turns ends ${late.id} before its trigger in turn ${late.trigger.byTurn}`,
      { mend: `Use --max-turns ${late.trigger.byTurn} or more.` },
    );
  }
  return kept;
}

/** All dialogues of a run, one at a time; agents vary fastest, so that pairs are held together. */
export function* planJobs(
  scenarios: readonly Scenario[],
  agents: readonly NamedSpec[],
  { seed, repeats }: Pick<Plan, 'seed' | 'repeats'>,
  personas: readonly Persona[],
): Generator<Job> {
  for (let repeat = 1; repeat <= repeats; repeat += 1) {
    for (const scenario of scenarios) {
      const casting = castDialogue(seed, scenario, repeat, personas);
      for (const { name } of agents) {
        yield { key: { scenario: scenario.id, agent: name, repeat }, scenario, casting };
      }
    }
  }
}
