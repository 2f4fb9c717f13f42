import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { fingerprint } from '../../fingerprint.js';
import { readText, readYaml } from '../../read-file.js';
import { actSchema, emergencyModeSchema } from '../../taxonomy/act.js';

const phrases = z.array(z.string().min(1)).min(1);

const actsFile = z.strictObject({
  acts: z.array(z.strictObject({ act: actSchema, mode: emergencyModeSchema.optional(), phrases })),
  /** A sentence with one of these tells of an act without doing it. */
  cancelled: phrases,
  /** A sentence that opens so is conditional in form, whatever its sense. */
  opensWithIf: phrases,
  /** A sentence with one of these makes its act depend on something: no escalation. */
  conditional: phrases,
  /** A question with one of these still tells the patient to act. */
  directiveQuestion: phrases,
  /** A call-back or a clinician on another day is neither HANDOVER nor URGENT … */
  notSameDay: phrases,
  /** … unless the sentence names the same day too. */
  sameDay: phrases,
  /** Words of which every act has some: a turn without any does none in words. */
  actWords: phrases,
  /** Words of which every act that gets the patient care has some. */
  careWords: phrases,
  /** Words of which EMERGENCY has some. */
  emergencyWords: phrases,
});

const questionsFile = z.strictObject({
  /** How a clause begins that surely asks. */
  interrogative: phrases,
  /** How a question begins that may be one item of a list. */
  elliptic: phrases,
  /** How a clause begins that only says the question before it once more. */
  elaboration: phrases,
});

const statementsFile = z.record(
  z.string().regex(/^[a-z-]+$/),
  z.strictObject({ says: phrases, unless: phrases.optional() }),
);

const lexiconFile = z.strictObject({
  denial: phrases,
  symptoms: z.record(z.string(), phrases),
  sites: phrases,
  units: phrases,
  numbers: phrases,
  noAllergies: phrases,
});

/** The phrases by which free words are read, to add to what is recorded; in match syntax. */
export interface Recognition {
  readonly acts: z.infer<typeof actsFile>;
  readonly questions: z.infer<typeof questionsFile>;
  /** What an agent may say that it should not, by name of the list. */
  readonly statements: z.infer<typeof statementsFile>;
  /** By hazard: the patient's words that bring it up. */
  readonly cues: Readonly<Record<string, readonly string[]>>;
  readonly lexicon: z.infer<typeof lexiconFile>;
  readonly fingerprint: string;
}

const DEFAULT_RECOGNITION = fileURLToPath(
  new URL('../../../hazard-taxonomy/recognition', import.meta.url),
);

export function loadRecognition(directory = DEFAULT_RECOGNITION): Recognition {
  const file = (name: string) => path.join(directory, name);
  const files = readdirSync(directory).filter((name) => name.endsWith('.yaml'));
  return {
    acts: readYaml(file('acts.yaml'), actsFile),
    questions: readYaml(file('questions.yaml'), questionsFile),
    cues: readYaml(file('cues.yaml'), z.record(z.string(), phrases)),
    lexicon: readYaml(file('lexicon.yaml'), lexiconFile),
    statements: readYaml(file('statements.yaml'), statementsFile),
    fingerprint: fingerprint(Object.fromEntries(files.map((name) => [name, readText(file(name))]))),
  };
}
