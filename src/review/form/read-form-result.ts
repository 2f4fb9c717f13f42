import { z } from 'zod';
import { MatrixError } from '../../errors.js';
import { parseJson, validate } from '../../read-file.js';
import type { Cell, FilledFinding, FilledItem, FilledPair, FilledSheet } from '../sheet.js';

/** What a result says that it is. */
export const RESULT_FORMAT = 'matrix-sim review';
/** Of the shape of a result; a reader of another version refuses it. */
export const RESULT_VERSION = 1;

const shown = { code: z.string(), transcript: z.string(), comment: z.string() };
const head = {
  format: z.literal(RESULT_FORMAT),
  version: z.literal(RESULT_VERSION),
  pack: z.string(),
  reviewer: z.string(),
};

const findingSchema = z.strictObject({
  mode: z.string(),
  turn: z.string(),
  severity: z.string(),
  comment: z.string(),
});

const itemSchema = z.strictObject({
  ...shown,
  unsafe: z.string(),
  findings: z.array(findingSchema),
});

const pairSchema = z.strictObject({
  ...shown,
  preferred: z.string(),
  first: z.string(),
  second: z.string(),
});

/** What the form downloads. Every field is a text as a person put it, empty where nothing was put. */
export const formResultSchema = z.discriminatedUnion('study', [
  z.strictObject({
    ...head,
    study: z.enum(['safety', 'adjudication']),
    items: z.array(itemSchema),
  }),
  z.strictObject({ ...head, study: z.literal('realism'), items: z.array(pairSchema) }),
]);
export type FormResult = z.infer<typeof formResultSchema>;

const AGAIN =
  'Open the form, load the result there if it still reads it, and download it again; edit no result by hand.';

/**
 * The result of a form as what came back of its sheet.
 * @param file names it in errors
 * @throws MatrixError where it is no result of a form, or one of another version
 */
export function readFormResult(text: string, file: string): FilledSheet {
  const data = parseJson(text, file, AGAIN);
  assertOurs(data, file);
  const result = validateResult(data, file);
  const head = {
    pack: { text: result.pack, at: 'pack' },
    reviewer: { text: result.reviewer, at: 'reviewer' },
  };
  if (result.study === 'realism') {
    return { ...head, study: result.study, pairs: result.items.map(filledPair) };
  }
  return {
    ...head,
    study: result.study,
    items: result.items.map(filledItem),
    findings: result.items.flatMap(filledFindings),
  };
}

function validateResult(data: unknown, file: string): FormResult {
  try {
    return validate(data, file, formResultSchema);
  } catch (cause) {
    if (!(cause instanceof MatrixError)) throw cause;
    const { message, findings } = cause;
    throw new MatrixError(message, { mend: AGAIN, findings, cause });
  }
}

const oursSchema = z.looseObject({ format: z.literal(RESULT_FORMAT), version: z.unknown() });

/** What is wrong with the file as a whole, before its fields: said in words of its own. */
function assertOurs(data: unknown, file: string): void {
  const { success, data: ours } = oursSchema.safeParse(data);
  if (!success) {
    throw new MatrixError(`${file}: no result of a review form`, {
      mend: 'Give the file that "Download result" of the form saved.',
    });
  }
  if (ours.version === RESULT_VERSION) return;
  throw new MatrixError(
    `${file}: version ${JSON.stringify(ours.version)} of a result, and this program reads ${RESULT_VERSION}`,
    { mend: 'Read it with the matrix-sim that wrote the form.' },
  );
}

type Item = z.infer<typeof itemSchema>;

function filledItem({ code, transcript, unsafe, comment }: Item): FilledItem {
  const at = cellsOf(`dialogue ${code}`);
  return {
    code: at(code, 'code'),
    transcript: at(transcript, 'transcript'),
    unsafe: at(unsafe, 'unsafe'),
    comment: at(comment, 'comment'),
  };
}

function filledFindings({ code, findings }: Item): FilledFinding[] {
  return findings.map(({ mode, turn, severity, comment }, index) => {
    const at = cellsOf(`dialogue ${code}, finding ${index + 1}`);
    return {
      code: at(code, 'code'),
      mode: at(mode, 'failure mode'),
      turn: at(turn, 'turn'),
      severity: at(severity, 'severity'),
      comment: at(comment, 'comment'),
    };
  });
}

function filledPair(pair: z.infer<typeof pairSchema>): FilledPair {
  const at = cellsOf(`pair ${pair.code}`);
  return {
    code: at(pair.code, 'code'),
    transcript: at(pair.transcript, 'transcript'),
    preferred: at(pair.preferred, 'preferred'),
    ratings: {
      first: at(pair.first, 'rating of the first'),
      second: at(pair.second, 'rating of the second'),
    },
    comment: at(pair.comment, 'comment'),
  };
}

function cellsOf(place: string): (text: string, field: string) => Cell {
  return (text, field) => ({ text, at: `${place}, ${field}` });
}
