import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readYaml } from '../../read-yaml.js';
import { personaSchema, type Persona } from './persona.js';

const lines = z.array(z.string().min(1)).min(1);

const phrasesSchema = z.strictObject({
  hearing: z.strictObject({
    identity: lines,
    openQuestion: lines,
    pressing: lines,
    goodbye: lines,
  }),
  fillers: lines,
  acknowledgements: lines,
  denials: lines,
  deflections: lines,
  farewells: lines,
  hangingUp: lines,
  identity: lines,
  insists: lines,
  confused: lines,
  noisy: lines,
  lowRecall: lines,
  secondLanguage: lines,
  myths: lines,
  falseBeliefs: lines,
  personality: z.record(
    personaSchema.shape.personality,
    z.strictObject({ before: z.array(z.string()), after: z.array(z.string()) }),
  ),
});

/** The rule-based patient's ear and small talk; its facts come from the scenario alone. */
export type PatientPhrases = z.infer<typeof phrasesSchema>;

const dataset = (name: string) =>
  fileURLToPath(new URL(`../../../datasets/patbot/${name}`, import.meta.url));

export function loadPhrases(): PatientPhrases {
  return readYaml(dataset('phrases.yaml'), phrasesSchema);
}

export function loadPersonas(): readonly Persona[] {
  return readYaml(dataset('personas.yaml'), z.array(personaSchema).min(1));
}
