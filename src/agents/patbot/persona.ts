import { z } from 'zod';
import { randomFrom } from '../../determinism.js';
import { MatrixError } from '../../errors.js';
import { coveringArray } from './covering-array.js';

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

/** `personality=verbose language=A …`, as `--persona` takes it. */
export function describePersona(persona: Persona): string {
  return Object.entries(persona)
    .map(([axis, level]) => `${axis}=${level}`)
    .join(' ');
}

/**
 * Personas in which every two levels of different axes meet at least once: a pairwise covering
 * array of the seven axes, arranged by the seed.
 */
export function coverPersonas(seed: number): Persona[] {
  const rows = coveringArray(PERSONA_AXES, randomFrom(seed, 'personas'));
  return rows.map((row) => personaSchema.parse(row));
}

/**
 * Keeps the personas that have all given levels, as `channel=noisy`.
 * @throws MatrixError where an axis or level is not known, or no persona has all of them
 */
export function selectPersonas(
  personas: readonly Persona[],
  choices: readonly string[],
): Persona[] {
  const chosen = choices.map(parseChoice);
  const kept = personas.filter((persona) =>
    chosen.every(({ axis, level }) => persona[axis] === level),
  );
  if (kept.length > 0) return kept;
  throw new MatrixError(`no persona of the covering array has ${choices.join(' and ')}`, {
    mend: 'Any two levels meet in some persona; ask for two or fewer, or another --seed.',
  });
}

function parseChoice(choice: string): { axis: keyof Persona; level: string } {
  const [axis = '', level = ''] = choice.split('=');
  const axes: Readonly<Record<string, readonly string[]>> = PERSONA_AXES;
  if (Object.hasOwn(axes, axis) && axes[axis]?.includes(level)) {
    return { axis: axis as keyof Persona, level };
  }
  const known = Object.entries(axes).map(([name, levels]) => `${name}=${levels.join('|')}`);
  throw new MatrixError(`"${choice}" is no persona`, { mend: `Use ${known.join(', ')}.` });
}
