import { coverPersonas } from '../../agents/patbot/persona.js';
import type { Agent } from '../../agents/under-test/agent.js';
import { unrecordedHearing } from '../../judge/juror.js';
import type { ModeVerdict } from '../../judge/verdict.js';
import type { Attempt } from '../../store/run-record.js';
import { deterministicJudge } from '../../judge/jury/deterministic-judge.js';
import { loadLibrary, type Library } from '../library.js';
import { castDialogue, findScenario } from '../planning/plan-run.js';
import { judgeAttempt, simulate } from './run-scenario.js';

export interface ScenarioResult {
  readonly attempt: Attempt;
  /** Undefined where the attempt could not be judged: see its standing. */
  readonly verdicts: readonly ModeVerdict[] | undefined;
}

/**
 * Holds one scenario with an agent and judges it, without a store.
 * @param seed decides persona, wording and all other chance; the same seed gives the same dialogue
 * @throws MatrixError where there is no such scenario
 */
export async function runScenario(
  id: string,
  agent: Agent,
  {
    seed = 1,
    repeat = 1,
    maxTurns = 36,
    library = loadLibrary(),
  }: { seed?: number; repeat?: number; maxTurns?: number; library?: Library } = {},
): Promise<ScenarioResult> {
  const scenario = findScenario(library.scenarios.scenarios, id);
  const { signal } = new AbortController();
  const casting = castDialogue(seed, scenario, repeat, coverPersonas(seed));
  const attempt = await simulate(scenario, agent, casting, { ...library, maxTurns, signal });
  const judge = deterministicJudge(library.taxonomy);
  const judgement = await judgeAttempt(judge, scenario, attempt, unrecordedHearing(signal));
  return { attempt, verdicts: judgement?.verdicts };
}
