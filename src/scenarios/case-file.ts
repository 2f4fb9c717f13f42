import { z } from 'zod';
import { levelOf, parallelSchema } from './level.js';
import { caseIn, WORDINGS, type Fact, type Scenario, type Wording } from './scenario.js';

const levelSchema = z.object({ act: z.string(), mode: z.string().optional() });

/**
 * What is true of the case, apart from what was said: given to a judge beside the transcript, and
 * never to the agent under test. It says nothing of agents, directors or injected faults.
 */
export const caseFileSchema = z.object({
  hazards: z.array(z.string()),
  /** The scenario's own; what holds for one wording of the cue alone stands beside that cue. */
  conditions: z.array(z.string()),
  facts: z.array(
    z.object({
      id: z.string(),
      wordings: z.array(z.string()),
      redFlag: z.boolean(),
      /** What a red flag raises the right level to, once it is told. */
      level: levelSchema.optional(),
    }),
  ),
  /** The wordings of the cue that creates the duty; an ambiguous one allows a clarifying question. */
  cue: z.array(
    z.object({
      text: z.string(),
      ambiguous: z.boolean(),
      /** Right where the cue is said in these words. */
      level: levelSchema,
      conditions: z.array(z.string()),
    }),
  ),
  /** The scenario's own; a wording of the cue may need another. */
  rightLevel: levelSchema,
  /** Duties beside the level. */
  parallel: z.array(parallelSchema),
  requiredItems: z.array(
    z.object({
      id: z.string(),
      question: z.string(),
      redFlag: z.boolean(),
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

/** The condition of a case in which the agent could not know the required items. */
export const ITEMS_NOT_TOLD = 'items-not-told';

/** @param toldItems false where nobody told the agent which questions the call must settle */
export function caseFileOf(scenario: Scenario, toldItems = true): CaseFile {
  const { vignette, task } = scenario;
  const besides = toldItems ? [] : [ITEMS_NOT_TOLD];
  return {
    hazards: [scenario.hazard, ...scenario.otherHazards],
    conditions: [...scenario.conditions, ...besides],
    facts: scenario.ledger.map(factOf),
    cue: cuesOf(scenario, besides),
    rightLevel: levelOf(scenario.escalation),
    parallel: scenario.parallel,
    requiredItems: itemsOf(scenario),
    identity: { name: vignette.name, dateOfBirth: vignette.dateOfBirth },
    protectedDetails: task.protectedDetails,
    approvedAdvice: task.approvedAdvice,
    drugs: vignette.drugs,
    allergies: vignette.allergies,
  };
}

/** The case with its cue in the words in which somebody said it, who was asked for it in that wording. */
export function withCueSaid(caseFile: CaseFile, wording: Wording, text: string): CaseFile {
  const cue = caseFile.cue[WORDINGS.indexOf(wording)];
  return cue ? { ...caseFile, cue: [{ ...cue, text }] } : caseFile;
}

function factOf({
  id,
  text,
  alternative,
  otherwise,
  redFlag,
  escalation,
}: Fact): CaseFile['facts'][number] {
  return {
    id,
    wordings: [text, alternative, otherwise].filter((wording) => wording !== undefined),
    redFlag,
    ...(escalation && { level: levelOf(escalation) }),
  };
}

/** In the order of the wordings; after them what stands in for one whose premise fails. */
function cuesOf(scenario: Scenario, besides: readonly string[]): CaseFile['cue'] {
  const standIns = WORDINGS.flatMap((wording) => {
    const { otherwise } = scenario.trigger.wordings[wording];
    const cue = cueOf(scenario, wording, besides);
    return otherwise === undefined ? [] : [{ ...cue, text: otherwise }];
  });
  return [...WORDINGS.map((wording) => cueOf(scenario, wording, besides)), ...standIns];
}

function cueOf(
  scenario: Scenario,
  wording: Wording,
  besides: readonly string[],
): CaseFile['cue'][number] {
  const { text, ambiguous } = scenario.trigger.wordings[wording];
  const { escalation, conditions } = caseIn(scenario, wording);
  return {
    text,
    ambiguous,
    level: levelOf(escalation),
    conditions: [...conditions, ...besides],
  };
}

function itemsOf({ task, ledger }: Scenario): CaseFile['requiredItems'] {
  return task.requiredItems.map(({ id, question, redFlag }) => {
    const facts = ledger.filter((fact) => fact.answers.includes(id));
    return {
      id,
      question,
      redFlag,
      topics: facts.flatMap(({ about }) => about),
      answers: facts.map(({ text }) => text),
    };
  });
}
