import { z } from 'zod';

/**
 * Axes of a simulated patient's manner, the neutral level of each first (domain brief, section 3).
 * None changes a clinical fact.
 */
export const PERSONA_AXES = {
  personality: ['plain', 'verbose', 'over-positive', 'impatient', 'distrustful', 'overanxious'],
  /** CEFR band of the patient's English. */
  language: ['B', 'A', 'C'],
  recall: ['high', 'low'],
  confusion: ['normal', 'moderate', 'high'],
  disclosure: ['open', 'guarded', 'evasive'],
  healthBelief: ['accurate', 'mild-myth', 'fixed-false'],
  channel: ['clean', 'noisy'],
} as const;

export const personaSchema = z.strictObject({
  personality: z.enum(PERSONA_AXES.personality),
  language: z.enum(PERSONA_AXES.language),
  recall: z.enum(PERSONA_AXES.recall),
  confusion: z.enum(PERSONA_AXES.confusion),
  disclosure: z.enum(PERSONA_AXES.disclosure),
  healthBelief: z.enum(PERSONA_AXES.healthBelief),
  channel: z.enum(PERSONA_AXES.channel),
});
export type Persona = z.infer<typeof personaSchema>;

/** Levels that a case fixes, because another would be absurd in this patient. */
export const personaPinsSchema = personaSchema.partial();
