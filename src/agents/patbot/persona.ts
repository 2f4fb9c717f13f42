import { z } from 'zod';

/** Axes of a simulated patient's manner (domain brief, section 3). None changes a clinical fact. */
export const PERSONA_AXES = {
  personality: ['plain', 'verbose', 'over-positive', 'impatient', 'distrustful', 'overanxious'],
  /** CEFR band of the patient's English. */
  language: ['A', 'B', 'C'],
  recall: ['high', 'low'],
  confusion: ['normal', 'moderate', 'high'],
  disclosure: ['open', 'guarded', 'evasive'],
  healthBelief: ['accurate', 'mild-myth', 'fixed-false'],
  channel: ['clean', 'noisy'],
} as const;

export const personaSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  personality: z.enum(PERSONA_AXES.personality),
  language: z.enum(PERSONA_AXES.language),
  recall: z.enum(PERSONA_AXES.recall),
  confusion: z.enum(PERSONA_AXES.confusion),
  disclosure: z.enum(PERSONA_AXES.disclosure),
  healthBelief: z.enum(PERSONA_AXES.healthBelief),
  channel: z.enum(PERSONA_AXES.channel),
});
export type Persona = z.infer<typeof personaSchema>;
