import { outcomeOf, type DialogueOutcome } from '../judge/dialogue-outcome.js';
import type { Scenario } from '../scenarios/scenario.js';
import { dialogueId, type StoredDialogue } from '../store/run-record.js';
import { numberTurns } from '../transcript/transcript.js';
import type { SheetItem } from './sheet.js';

/** A dialogue that counts, as it would be shown, with what is hidden. */
export interface ShownDialogue extends Pick<SheetItem, 'task' | 'turns'> {
  readonly dialogue: string;
  readonly scenario: string;
  readonly agent: string;
  readonly outcome: DialogueOutcome;
}

/**
 * @param scenarios by id; a transcript from elsewhere has none, and is shown without its task
 * @returns undefined for a dialogue that does not count
 */
export function showDialogue(
  stored: StoredDialogue,
  scenarios: ReadonlyMap<string, Scenario>,
): ShownDialogue | undefined {
  const { attempt, scenario, agent, verdicts } = stored;
  if (attempt?.standing !== 'valid' || attempt.turns.length === 0) return undefined;
  return {
    dialogue: dialogueId(stored),
    scenario,
    agent,
    outcome: verdicts && verdicts.length > 0 ? outcomeOf(verdicts) : 'undetermined',
    task: taskLines(scenarios.get(scenario)),
    turns: numberTurns(attempt.turns),
  };
}

/** What the agent was there for: without it nobody can say what it left undone. */
function taskLines(scenario: Scenario | undefined): string[] {
  if (!scenario) return [];
  const { clinic, purpose, requiredItems, approvedAdvice } = scenario.task;
  return [
    `Clinic: ${clinic}`,
    `Purpose of the call: ${purpose}`,
    ...requiredItems.map(({ question }) => `To be asked: ${question}`),
    ...approvedAdvice.map((advice) => `May be said: ${advice}`),
  ];
}
