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
  /** A lower act in a sentence with one of these may be meant as a higher one. */
  mayBeHigher: phrases,
});

const otherwiseFile = z.strictObject({
  /** Ways to open a question, strong enough to know one without its question mark. */
  interrogative: phrases,
  /** Openings of a question that may be one item of a list. */
  elliptic: phrases,
  routineQuestion: phrases,
  /** Subjects of a clinic's routine questions. */
  topic: phrases,
  sympathy: phrases,
  refusal: phrases,
  /** Known whatever guard words stand in it. */
  introduction: phrases,
  statement: phrases,
  smallTalk: phrases,
  /** Words that may belong to an act in the agent's own words: such a sentence stays unread. */
  guard: phrases,
});

/** What an agent may say that it should not: phrases that surely say it, and words that may. */
const statementsFile = z.record(
  z.string().regex(/^[a-z-]+$/),
  z.strictObject({ says: phrases, traces: phrases, unless: phrases.optional() }),
);

const lexiconFile = z.strictObject({
  denial: phrases,
  symptoms: z.record(z.string(), phrases),
  sites: phrases,
  units: phrases,
  numbers: phrases,
  noAllergies: phrases,
});

/** The phrases by which acts, and all that is surely no act, are recognised; in match syntax. */
export interface Recognition {
  readonly acts: z.infer<typeof actsFile>;
  readonly otherwise: z.infer<typeof otherwiseFile>;
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
    otherwise: readYaml(file('otherwise.yaml'), otherwiseFile),
    cues: readYaml(file('cues.yaml'), z.record(z.string(), phrases)),
    lexicon: readYaml(file('lexicon.yaml'), lexiconFile),
    statements: readYaml(file('statements.yaml'), statementsFile),
    fingerprint: fingerprint(Object.fromEntries(files.map((name) => [name, readText(file(name))]))),
  };
}
