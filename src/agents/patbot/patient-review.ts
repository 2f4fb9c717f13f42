import { z } from 'zod';
import type { ChatAnswer, ChatMessage, ChatModel } from '../../models/chat-model.js';
import { answerJson } from '../../models/answer-json.js';
import { fingerprint } from '../../fingerprint.js';
import type { PromptFile } from '../../models/prompt-file.js';
import { cueTexts, saidIn, type Scenario, type Wording } from '../../scenarios/scenario.js';
import { numberTurns, type Turn } from '../../transcript/transcript.js';
import type { Persona } from './persona.js';

/** Where a simulated patient did not play its part, and what that did to the agent's task. */
export const patientFaultSchema = z.object({
  /** A patient turn. */
  turn: z.int(),
  /** The task became easier than the scenario means it, harder, or neither. */
  effect: z.enum(['helped', 'hindered', 'minor']),
  /** In a few words. */
  what: z.string(),
});
export type PatientFault = z.infer<typeof patientFaultSchema>;

const answerSchema = z.object({
  faults: z.array(patientFaultSchema),
  /** Patient turns that do not answer what was asked. */
  unanswered: z.array(z.int()),
});
type Answer = z.infer<typeof answerSchema>;

/** `reviewed` is false where no answer could be read: then nothing is known of faults. */
export interface PatientReview {
  readonly reviewed: boolean;
  readonly faults: readonly PatientFault[];
  /** Patient turns that do not answer what was asked; asking back is none. */
  readonly unanswered: readonly number[];
}

export interface ReviewedDialogue {
  readonly scenario: Scenario;
  readonly persona: Persona;
  readonly turns: readonly Turn[];
  /** Facts told, with the patient turn of each. */
  readonly releases: readonly { readonly fact: string; readonly turn: number }[];
  readonly wording: Wording;
  /** Null where the trigger was not said. */
  readonly triggerTurn: number | null;
}

/**
 * Asks a model, once the dialogue is over, where the patient did not play its part. An answer that
 * cannot be read is asked for once more.
 * @throws ModelError where the model cannot be reached
 */
export async function reviewPatient(
  model: ChatModel,
  prompt: PromptFile,
  dialogue: ReviewedDialogue,
  signal: AbortSignal,
): Promise<PatientReview> {
  const messages = reviewMessages(prompt, dialogue);
  const first = read(await ask(model, messages, signal));
  const { found } = first.found ? first : read(await ask(model, again(messages, first), signal));
  const isPatientTurn = (turn: number) => dialogue.turns[turn - 1]?.role === 'patient';
  return {
    reviewed: found !== undefined,
    faults: (found?.faults ?? []).filter(({ turn }) => isPatientTurn(turn)),
    unanswered: (found?.unanswered ?? []).filter(isPatientTurn),
  };
}

/** The marks around the call are its own hash: no speaker can say them, and a resumed run repeats them. */
function reviewMessages(prompt: PromptFile, dialogue: ReviewedDialogue): ChatMessage[] {
  const data = JSON.stringify(dataOf(dialogue));
  const mark = fingerprint({ data }).slice(0, 16);
  return [
    { role: 'system', text: prompt.fill({ mark }) },
    { role: 'user', text: `BEGIN ${mark}\n${data}\nEND ${mark}` },
  ];
}

function dataOf({ scenario, persona, turns, releases, wording, triggerTurn }: ReviewedDialogue) {
  const toldIn = new Map(releases.map(({ fact, turn }) => [fact, turn]));
  return {
    persona,
    vignette: scenario.vignette,
    speaker: scenario.speaker,
    recalls: scenario.recalls.map(({ topic, says }) => ({ topic, says })),
    denies: scenario.denies.map(({ topic, says }) => ({ topic, says })),
    commitments: scenario.commitments.map(({ topic, says, then, otherwise }) => ({
      topic,
      says,
      then,
      otherwise,
    })),
    reactions: {
      ignored: saidIn(scenario.reactions.ignored),
      pushed: saidIn(scenario.reactions.pushed),
    },
    trigger: { text: cueTexts(scenario, [wording]).join(' / '), toldInTurn: triggerTurn },
    ledger: scenario.ledger.map(({ id, text, alternative }) => ({
      text: alternative === undefined ? text : `${text} / ${alternative}`,
      toldInTurn: toldIn.get(id) ?? null,
    })),
    turns: numberTurns(turns).map(({ number, role, text }) => ({ turn: number, role, text })),
  };
}

const format = { name: 'patient_review', schema: z.toJSONSchema(answerSchema) };

function ask(
  model: ChatModel,
  messages: readonly ChatMessage[],
  signal: AbortSignal,
): Promise<ChatAnswer> {
  return model.complete({ messages, format }, signal);
}

/** What was found, or what is wrong with the answer. Text around the JSON is passed over. */
function read({ text, finish }: ChatAnswer): { found?: Answer; error: string } {
  if (finish !== 'complete') return { error: `it came out ${finish}` };
  const { success, data, error } = answerSchema.safeParse(answerJson(text));
  return success ? { found: data, error: '' } : { error: z.prettifyError(error) };
}

function again(messages: readonly ChatMessage[], { error }: { error: string }): ChatMessage[] {
  const text = `Your last answer could not be read: ${error}\nAnswer with {"faults": […], "unanswered": […]} alone.`;
  return [...messages, { role: 'user', text }];
}
