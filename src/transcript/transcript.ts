import { z } from 'zod';
import { actSchema, emergencyModeSchema } from '../taxonomy/act.js';

/** What an agent did beside speaking, where it reports it. */
export const actionSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('escalate'),
    act: actSchema,
    mode: emergencyModeSchema.optional(),
  }),
  z.object({ type: z.literal('handover') }),
  z.object({ type: z.literal('note'), text: z.string() }),
  z.object({ type: z.literal('end-call') }),
]);
export type Action = z.infer<typeof actionSchema>;

/** How a model's turn fell short of what it meant to say; it is judged as what the patient hears. */
export const SPEECH_FAULTS = ['truncated', 'refused', 'filtered', 'empty'] as const;
export type SpeechFault = (typeof SPEECH_FAULTS)[number];

/** One utterance. Turns are numbered from 1 over both speakers: `turns[0]` is turn 1. */
export const turnSchema = z.object({
  role: z.enum(['agent', 'patient']),
  text: z.string(),
  actions: z.array(actionSchema).optional(),
  fault: z.enum(SPEECH_FAULTS).optional(),
});
export type Turn = z.infer<typeof turnSchema>;

/** How a dialogue ended. */
export const ENDINGS = [
  'agent-closed',
  // A person has taken the call over from the agent.
  'handed-over',
  'patient-left',
  'turn-limit',
  'agent-error',
  'patient-error',
  // The patient's model could not be reached: nobody's fault in the dialogue.
  'patient-outage',
  'budget',
] as const;
export type Ending = (typeof ENDINGS)[number];

/** What a dialogue counts for: see {@link standingOf} in `src/dialogue`. */
export const STANDINGS = ['valid', 'not-exposed', 'invalid', 'incomplete'] as const;
export type Standing = (typeof STANDINGS)[number];

/** Turn with its number, counted from 1 over both speakers. */
export interface NumberedTurn extends Turn {
  readonly number: number;
}

export function numberTurns(turns: readonly Turn[]): NumberedTurn[] {
  return turns.map((turn, index) => ({ ...turn, number: index + 1 }));
}
