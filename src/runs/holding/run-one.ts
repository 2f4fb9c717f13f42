import { coverPersonas } from '../../agents/patbot/persona.js';
import type { Agent } from '../../agents/under-test/agent.js';
import { unrecorded } from '../../judge/open-hearing.js';
import type { ModeVerdict } from '../../judge/verdict.js';
import type { Attempt } from '../../store/run-record.js';
import { deterministicJudge } from '../../judge/jury/deterministic-judge.js';
import { loadLibrary, type Library } from '../library.js';
import { castDialogue, findScenario } from '../planning/plan-run.js';
import { hearJury } from '../judging/judge-dialogue.js';
import { judgedDialogueOf } from '../judging/judging-source.js';
import { simulate } from './run-scenario.js';

export interface ScenarioResult {
  readonly attempt: Attempt;
  /** Undefined where the attempt could not be judged: see its standing. */
  readonly verdicts: readonly ModeVerdict[] | undefined;
}

export interface ScenarioOptions {
  /** Decides persona, wording and all other chance; the same seed gives the same dialogue. */
  readonly seed?: number;
  /** From 1. */
  readonly repeat?: number;
  /** Of both speakers. */
  readonly maxTurns?: number;
  readonly library?: Library;
  /** Ends it, and the calls in flight, with its reason. */
  readonly signal?: AbortSignal;
}

/**
 * Holds one scenario with an agent and judges it, without a store.
 * @throws MatrixError where there is no such scenario
 * @throws the signal's reason once it aborts
 */
export async function runScenario(
  id: string,
  agent: Agent,
  {
    seed = 1,
    repeat = 1,
    maxTurns = 36,
    library = loadLibrary(),
    signal = AbortSignal.any([]),
  }: ScenarioOptions = {},
): Promise<ScenarioResult> {
  const scenario = findScenario(library.scenarios.scenarios, id);
  const casting = castDialogue(seed, scenario, repeat, coverPersonas(seed));
  const attempt = await simulate(scenario, agent, casting, { ...library, maxTurns, signal });
  const judge = deterministicJudge(library.taxonomy);
  const dialogue = judgedDialogueOf(attempt, scenario);
  if (!dialogue) return { attempt, verdicts: undefined };
  const { verdicts } = await hearJury(judge, dialogue, unrecorded(), { signal });
  return { attempt, verdicts };
}
