import { OFFLINE_PATIENT, type PatientKind } from '../../agents/patbot/open-patient.js';
import type { EarKind } from '../../agents/patbot/ear/ear.js';
import { OFFLINE_EAR } from '../../agents/patbot/ear/rules-ear.js';
import type { PatientPhrases } from '../../agents/patbot/phrases.js';
import { withUnanswered, type Mishearing } from '../../agents/patbot/director/disclosure.js';
import type { PatientReview } from '../../agents/patbot/patient-review.js';
import { UNRECORDED, type CallRecorder } from '../../calls/call-recorder.js';
import type { Agent } from '../../agents/under-test/agent.js';
import { randomFrom } from '../../determinism.js';
import { BudgetSpent } from '../../models/budget.js';
import { ModelError } from '../../models/model-error.js';
import { holdDialogue } from '../../dialogue/graph.js';
import type { Beginning, OnTurn } from '../../dialogue/state.js';
import type { Scenario } from '../../scenarios/scenario.js';
import type { Attempt } from '../../store/run-record.js';
import type { Casting } from '../planning/plan-run.js';

export interface SimulationOptions {
  readonly phrases: PatientPhrases;
  readonly maxTurns: number;
  /** The rule-based patient unless told. */
  readonly patient?: PatientKind;
  /** By rules unless told. */
  readonly ear?: EarKind;
  /** Counts the tries at this dialogue from 1: the sampling seed of a model patient takes it. */
  readonly attempt?: number;
  /** Where it is taken up, if not at its first turn. */
  readonly beginning?: Beginning | undefined;
  readonly signal: AbortSignal;
  readonly withinBudget?: () => boolean;
  /** Through this every call of the dialogue goes. */
  readonly calls?: CallRecorder;
  readonly onTurn?: OnTurn | undefined;
}

/** Holds one dialogue of a scenario with an agent: no store, no judge. */
export async function simulate(
  scenario: Scenario,
  agent: Agent,
  casting: Casting,
  options: SimulationOptions,
): Promise<Attempt> {
  const { phrases, maxTurns, signal, calls = UNRECORDED } = options;
  const { patient = OFFLINE_PATIENT, ear = OFFLINE_EAR } = options;
  const random = (stream: string) => randomFrom(...casting.labels, stream);
  const { persona, wording, triggerTurn } = casting;
  const cast = {
    scenario,
    persona,
    phrases,
    random: random('patient'),
    triggerWording: scenario.trigger.wordings[wording].text,
    seed: randomFrom(...casting.labels, 'sampling', options.attempt ?? 1).int(0, 2 ** 31 - 1),
    calls,
  };
  const underTest = agent.open({ scenario, random: random('agent'), calls });
  const dialogue = await holdDialogue(
    {
      agent: underTest,
      patient: patient.open(cast),
      script: { scenario, wording, persona, triggerTurn, random: random('director') },
      ear: ear.open(cast),
      maxTurns,
      withinBudget: options.withinBudget ?? (() => true),
      signal,
      onTurn: options.onTurn,
    },
    options.beginning,
  ).finally(() => underTest.close?.());
  const faults = underTest.faults?.(dialogue.turns) ?? { realised: [], unrealised: 0 };
  const attempt = {
    turns: [...dialogue.turns],
    ending: dialogue.ending,
    standing: dialogue.standing,
    hazard: scenario.hazard,
    hardNegative: scenario.hardNegative,
    persona,
    wording,
    triggerTurn: dialogue.triggerTurn ?? null,
    releases: [...dialogue.releases],
    mishearings: [...dialogue.mishearings],
    realisedFaults: [...faults.realised],
    unrealisedFaults: faults.unrealised,
    ...(agent.toldItems === undefined ? {} : { toldItems: agent.toldItems }),
    patientFaults: null,
    error: dialogue.error ?? null,
  };
  const review =
    attempt.standing === 'valid' && patient.review
      ? patient.review({ scenario, ...attempt }, cast, signal)
      : undefined;
  return { ...attempt, ...(await afterReview(review, attempt, signal)) };
}

/**
 * A patient who helped or hindered the agent makes the attempt invalid (Yao 2024, tau-bench, and its
 * successor count such simulator faults apart). Turns that do not answer what was asked are the
 * director's doing, which another try would repeat: they are only recorded. An attempt whose review
 * could not be asked for waits.
 */
async function afterReview(
  review: Promise<PatientReview> | undefined,
  { mishearings }: { readonly mishearings: readonly Mishearing[] },
  signal: AbortSignal,
): Promise<Partial<Attempt>> {
  try {
    const found = await review;
    if (!found?.reviewed) return {};
    const spoilt = found.faults.some(({ effect }) => effect !== 'minor');
    return {
      patientFaults: [...found.faults],
      mishearings: withUnanswered(mishearings, found.unanswered),
      ...(spoilt ? { standing: 'invalid' } : {}),
    };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof BudgetSpent) return { standing: 'incomplete', ending: 'budget' };
    if (error instanceof ModelError) {
      return { standing: 'incomplete', ending: 'patient-outage', error: error.message };
    }
    throw error;
  }
}
