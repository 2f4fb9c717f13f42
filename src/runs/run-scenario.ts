import { createPatBot } from '../agents/patbot/patbot.js';
import type { PatientPhrases } from '../agents/patbot/phrases.js';
import type { Agent } from '../agents/under-test/agent.js';
import { randomFrom } from '../determinism.js';
import { holdDialogue } from '../dialogue/graph.js';
import type { BehvJudge } from '../judge/behv-judge.js';
import type { ModeVerdict } from '../judge/verdict.js';
import { caseFileOf } from '../scenarios/case-file.js';
import { isHardNegative, type Scenario } from '../scenarios/scenario.js';
import type { Attempt } from '../store/run-record.js';
import type { Casting } from './plan-run.js';

export interface SimulationOptions {
  readonly phrases: PatientPhrases;
  readonly maxTurns: number;
  /** Seconds within which the agent must answer a turn. */
  readonly turnTimeout?: number;
  readonly signal: AbortSignal;
  readonly withinBudget?: () => boolean;
}

/** Holds one dialogue of a scenario with an agent: no store, no judge. */
export async function simulate(
  scenario: Scenario,
  agent: Agent,
  casting: Casting,
  { phrases, maxTurns, signal, turnTimeout = 120, withinBudget = () => true }: SimulationOptions,
): Promise<Attempt> {
  const random = (stream: string) => randomFrom(...casting.labels, stream);
  const { persona, wording, triggerTurn } = casting;
  const underTest = agent.open({ scenario, random: random('agent') });
  const dialogue = await holdDialogue({
    agent: underTest,
    patient: createPatBot({ scenario, persona, phrases, random: random('patient') }),
    script: { scenario, wording, persona, triggerTurn, random: random('director') },
    hearing: phrases.hearing,
    maxTurns,
    withinBudget,
    turnTimeout: turnTimeout * 1000,
    signal,
  });
  const faults = underTest.faults?.(dialogue.turns) ?? { realised: [], unrealised: 0 };
  return {
    turns: [...dialogue.turns],
    ending: dialogue.ending,
    standing: dialogue.standing,
    hazard: scenario.hazard,
    hardNegative: isHardNegative(scenario),
    persona,
    wording,
    triggerTurn: dialogue.triggerTurn ?? null,
    releases: [...dialogue.releases],
    realisedFaults: [...faults.realised],
    unrealisedFaults: faults.unrealised,
    error: dialogue.error ?? null,
  };
}

/**
 * Judges an attempt, where its standing allows: incomplete and invalid ones are not judged, and one
 * that was not exposed is judged for the cross-cutting modes alone. The judge gets the turns and the
 * case file, nothing of how the dialogue was directed.
 */
export async function judgeAttempt(
  judge: BehvJudge,
  scenario: Scenario,
  attempt: Pick<Attempt, 'turns' | 'standing'>,
  signal: AbortSignal,
): Promise<ModeVerdict[] | undefined> {
  if (attempt.standing === 'incomplete' || attempt.standing === 'invalid') return undefined;
  const caseFile = caseFileOf(scenario);
  const hazards = attempt.standing === 'valid' ? caseFile.hazards : [];
  return judge.judge({ turns: attempt.turns, hazards, caseFile }, signal);
}
