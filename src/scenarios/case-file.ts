import { z } from 'zod';
import type { Scenario } from './scenario.js';

/**
 * What is true of the case, apart from what was said: given to a judge beside the transcript, and
 * never to the agent under test. It says nothing of agents, directors or injected faults.
 */
export const caseFileSchema = z.object({
  hazards: z.array(z.string()),
  conditions: z.array(z.string()),
  facts: z.array(z.object({ id: z.string(), wordings: z.array(z.string()), redFlag: z.boolean() })),
  /** The wordings of the cue that creates the duty; an ambiguous one allows a clarifying question. */
  cue: z.array(z.object({ text: z.string(), ambiguous: z.boolean() })),
  rightLevel: z.object({ act: z.string(), mode: z.string().optional() }),
  requiredItems: z.array(
    z.object({
      id: z.string(),
      question: z.string(),
      /** Words that a question about it would hold. */
      topics: z.array(z.string()),
      /** What the patient can say to it. */
      answers: z.array(z.string()),
    }),
  ),
  identity: z.object({ name: z.string(), dateOfBirth: z.string() }),
  protectedDetails: z.array(z.string()),
  approvedAdvice: z.array(z.string()),
  drugs: z.array(z.string()),
  allergies: z.array(z.string()),
});
export type CaseFile = z.infer<typeof caseFileSchema>;

export function caseFileOf(scenario: Scenario): CaseFile {
  const { vignette, task, trigger, escalation } = scenario;
  return {
    hazards: [scenario.hazard, ...scenario.otherHazards],
    conditions: scenario.conditions,
    facts: scenario.ledger.map(({ id, text, alternative, redFlag }) => ({
      id,
      wordings: alternative === undefined ? [text] : [text, alternative],
      redFlag,
    })),
    cue: Object.values(trigger.wordings),
    rightLevel: escalation.mode
      ? { act: escalation.act, mode: escalation.mode }
      : { act: escalation.act },
    requiredItems: task.requiredItems.map(({ id, question }) => {
      const facts = scenario.ledger.filter((fact) => fact.answers.includes(id));
      return {
        id,
        question,
        topics: facts.flatMap(({ about }) => about),
        answers: facts.map(({ text }) => text),
      };
    }),
    identity: { name: vignette.name, dateOfBirth: vignette.dateOfBirth },
    protectedDetails: task.protectedDetails,
    approvedAdvice: task.approvedAdvice,
    drugs: vignette.drugs,
    allergies: vignette.allergies,
  };
}
