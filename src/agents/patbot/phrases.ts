import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readYaml } from '../../read-file.js';
import { personaSchema } from './persona.js';

const lines = z.array(z.string().min(1)).min(1);

const mannerSchema = z.strictObject({
  /** Probability, 0 to 1, in a turn that answers something. */
  chance: z.number().min(0).max(1),
  before: z.array(z.string()),
  after: z.array(z.string()),
});

const phrasesSchema = z.strictObject({
  hearing: z.strictObject({
    greeting: lines,
    readingBack: lines,
    choosing: lines,
    askingForMore: lines,
    askingAboutThat: lines,
    safety: lines,
    company: lines,
    way: lines,
    passingOn: lines,
    offering: lines,
    advice: lines,
    escalation: lines,
    handover: lines,
    settling: lines,
    goodbye: lines,
  }),
  fillers: lines,
  tics: lines,
  acknowledgements: lines,
  agreements: z.record(personaSchema.shape.personality, lines),
  eithers: lines,
  denials: lines,
  unknowns: lines,
  askingBack: lines,
  notFollowing: lines,
  nothingMore: lines,
  freeToTalk: lines,
  company: lines,
  way: lines,
  readBack: lines,
  corrections: lines,
  deflections: lines,
  farewells: lines,
  hangingUp: lines,
  identity: lines,
  speaksFor: lines,
  insists: lines,
  /** By axis and level; levels that are not there add nothing. */
  manner: z.record(personaSchema.keyof(), z.partialRecord(z.string(), mannerSchema)),
});

/** The rule-based patient's ear and small talk; its facts come from the scenario alone. */
export type PatientPhrases = z.infer<typeof phrasesSchema>;

/** @throws MatrixError where the file is not as it should be */
export function loadPhrases(): PatientPhrases {
  const file = new URL('../../../datasets/patbot/phrases.yaml', import.meta.url);
  return readYaml(fileURLToPath(file), phrasesSchema);
}
