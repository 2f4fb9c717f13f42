import { randomFrom } from '../../determinism.js';
import { MatrixError } from '../../errors.js';
import { PERSONA_AXES, personaSchema, type Persona } from '../../scenarios/persona-axes.js';
import { coveringArray } from './covering-array.js';

export { PERSONA_AXES, personaSchema, type Persona };

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
