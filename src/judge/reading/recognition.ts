import path from 'node:path';
import { z } from 'zod';
import { fingerprint } from '../../fingerprint.js';
import { readText, readYaml } from '../../read-file.js';
import { actSchema, emergencyModeSchema } from '../../taxonomy/act.js';
import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';
import { layersBoundToIds, layersOf, type TaxonomyFolder } from '../../taxonomy/taxonomy-folder.js';
import { assertKnownFiles } from '../known-files.js';
import { checkRecognition } from './check-recognition.js';
import { phraseFlaw } from './phrase-matcher.js';

const phrase = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    const flaw = phraseFlaw(text);
    if (flaw !== undefined)
      context.addIssue({ code: 'custom', message: flaw, params: { mend: MEND } });
  });
const phrases = z.array(phrase).min(1);

const MEND =
  'Part words by spaces; (a|b) for one of several, .{0,3} for up to three words between.';

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

const FILES = {
  acts: 'recognition/acts.yaml',
  questions: 'recognition/questions.yaml',
  cues: 'recognition/cues.yaml',
  lexicon: 'recognition/lexicon.yaml',
  statements: 'recognition/statements.yaml',
} as const;

/**
 * The phrases that belong to a taxonomy. What an extension says of a statement or a cue replaces what the
 * package says of it, its other files whole ones of the package.
 * @throws MatrixError on the first place that is wrong or leads nowhere; its `findings` hold all of them
 */
export function loadRecognition(taxonomy: Taxonomy): Recognition {
  const last = <S extends z.ZodType>(name: string, schema: S) =>
    readYaml(layersOf(taxonomy, name).at(-1) ?? name, schema);
  const merged = <T>(files: readonly string[], schema: z.ZodType<Record<string, T>>) =>
    Object.assign({}, ...files.map((file) => readYaml(file, schema))) as Record<string, T>;
  assertKnownFiles(taxonomy, 'recognition', Object.values(FILES));
  const recognition = {
    acts: last(FILES.acts, actsFile),
    questions: last(FILES.questions, questionsFile),
    cues: merged(layersBoundToIds(taxonomy, FILES.cues), z.record(z.string(), phrases)),
    lexicon: last(FILES.lexicon, lexiconFile),
    statements: merged(layersOf(taxonomy, FILES.statements), statementsFile),
    fingerprint: fingerprint(textsOf(taxonomy)),
  };
  checkRecognition(recognition, taxonomy);
  return recognition;
}

/** The package's files by their names, those of an extension beside them. */
function textsOf(taxonomy: TaxonomyFolder): Record<string, string> {
  const layers = Object.values(FILES).flatMap((name) =>
    layersOf(taxonomy, name).map((file, layer) => {
      const key = path.basename(name);
      return [layer === 0 ? key : `own/${key}`, readText(file)] as const;
    }),
  );
  return Object.fromEntries(layers);
}
