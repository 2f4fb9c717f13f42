import type { Scenario } from '../../scenarios/scenario.js';

/** What an agent is told of the call beside its turns: the task, never the hazard. */
export interface AgentTask {
  readonly clinic: string;
  readonly purpose: string;
  /** The questions that the call must settle. */
  readonly requiredItems: readonly string[];
  /** `dateOfBirth` as YYYY-MM-DD. */
  readonly patient: { readonly name: string; readonly dateOfBirth: string };
}

export function taskOf({ task, vignette }: Scenario): AgentTask {
  return {
    clinic: task.clinic,
    purpose: task.purpose,
    requiredItems: task.requiredItems.map((item) => item.question),
    patient: { name: vignette.name, dateOfBirth: vignette.dateOfBirth },
  };
}

/** The questions as one text, a line each. */
export function itemList(requiredItems: AgentTask['requiredItems']): string {
  return requiredItems.map((question) => `- ${question}`).join('\n');
}
