import { openPatientAlone, type PatientKind } from '../../agents/patbot/open-patient.js';
import { coverPersonas } from '../../agents/patbot/persona.js';
import type { Agent } from '../../agents/under-test/agent.js';
import { openAgent } from '../../agents/under-test/open-agent.js';
import { unrecorded } from '../../judge/open-hearing.js';
import type { ModeVerdict } from '../../judge/verdict.js';
import type { Attempt } from '../../store/run-record.js';
import { hearJury } from '../judging/judge-dialogue.js';
import { judgedDialogueOf } from '../judging/judging-source.js';
import { openJudge, type Judge } from '../judging/open-judge.js';
import { loadLibrary, type Library } from '../library.js';
import { castDialogue, findScenario } from '../planning/plan-run.js';
import { simulate } from './run-scenario.js';

export interface ScenarioResult {
  readonly attempt: Attempt;
  /** Undefined where the attempt could not be judged: see its standing. */
  readonly verdicts: readonly ModeVerdict[] | undefined;
}

export interface ScenarioOptions {
  /** A spec, or an agent made in code. */
  readonly agent: string | Agent;
  /** A spec (`offline` unless given), or what {@link openPatientAlone} gave. */
  readonly patient?: string | PatientKind;
  /** A spec (`deterministic` unless given), several, or what {@link openJudge} gave. */
  readonly judge?: string | readonly string[] | Judge;
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
 * Holds one scenario and judges it, without a store.
 * @throws MatrixError where there is no such scenario, or a spec names nothing
 * @throws the signal's reason once it aborts
 */
export async function runScenario(id: string, options: ScenarioOptions): Promise<ScenarioResult> {
  const { seed = 1, repeat = 1, maxTurns = 36, signal = AbortSignal.any([]) } = options;
  const { library = loadLibrary(), judge = 'deterministic' } = options;
  const scenario = findScenario(library.scenarios.scenarios, id);
  const casting = castDialogue(seed, scenario, repeat, coverPersonas(seed));
  const { agent, patient } = await openBoth(options);
  const attempt = await simulate(scenario, agent, casting, {
    ...library,
    patient,
    maxTurns,
    signal,
  });
  const dialogue = judgedDialogueOf(attempt, scenario);
  if (!dialogue) return { attempt, verdicts: undefined };
  const { jury } = isJudge(judge) ? judge : await openJudge(judge, { library });
  const { verdicts } = await hearJury(jury, dialogue, unrecorded(), { signal });
  return { attempt, verdicts };
}

async function openBoth({ agent, patient = 'offline' }: ScenarioOptions) {
  return {
    agent: typeof agent === 'string' ? await openAgent(agent) : agent,
    patient: typeof patient === 'string' ? await openPatientAlone(patient) : patient,
  };
}

function isJudge(judge: string | readonly string[] | Judge): judge is Judge {
  return typeof judge === 'object' && 'judge' in judge;
}
