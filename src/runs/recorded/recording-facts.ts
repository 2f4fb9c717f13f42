import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { MatrixError } from '../../errors.js';
import { parseJson, readText, validate } from '../../read-file.js';
import { contentSchema, type Content } from '../../store/run-record.js';
import { writeWhole } from '../../whole-file.js';
import { changedContents } from '../planning/contents.js';

/** The name of a model that nobody states. */
export const UNNAMED = 'unnamed';

const makingSchema = z.strictObject({
  /** When its first and its last answers came. */
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** Version of this package. */
  package: z.string(),
  /** Questions that were answered, and answered questions that nobody asked any more. */
  made: z.int().nonnegative(),
  removed: z.int().nonnegative(),
  /** What had changed since the making before, by name. */
  changed: z.array(z.string()),
});

const recordingFactsSchema = z.strictObject({
  version: z.literal(1),
  /** Who answered. */
  model: z.string().min(1),
  /** Oldest first: the first made it, each other one made it anew in part. */
  makings: z.array(makingSchema).min(1),
  /** What the questions rest on, as it was at the last making. */
  contents: z.array(contentSchema),
});
export type RecordingFacts = z.infer<typeof recordingFactsSchema>;

/** What one command did to a recording. */
export interface RecordingChange {
  /** Undefined where it is not stated: as before, else unnamed. */
  readonly model: string | undefined;
  readonly date: Date;
  readonly package: string;
  readonly contents: readonly Content[];
  readonly made: number;
  readonly removed: number;
}

function fileOf(folder: string): string {
  return path.join(folder, 'recording.json');
}

/** Undefined where the folder holds no recording yet. @throws MatrixError where it holds something else */
export function readRecordingFacts(folder: string): RecordingFacts | undefined {
  const file = fileOf(folder);
  if (!existsSync(file)) return undefined;
  const mend = 'Name the folder of recorded answers, or a new one.';
  return validate(parseJson(readText(file), file, mend), file, recordingFactsSchema);
}

export function writeRecordingFacts(folder: string, facts: RecordingFacts): void {
  writeWhole(fileOf(folder), `${JSON.stringify(facts, null, 2)}\n`);
}

/**
 * The facts with a change added.
 * @throws MatrixError where another model answered before
 */
export function withChange(
  before: RecordingFacts | undefined,
  change: RecordingChange,
): RecordingFacts {
  assertSameModel(before, change.model);
  return {
    version: 1,
    model: change.model ?? before?.model ?? UNNAMED,
    makings: makingsWith(before, change),
    contents: [...change.contents],
  };
}

/** What changes a question though nothing does that a record names. */
const DIALOGUES = 'what is said in the dialogues';

/** A making goes on as long as nothing changes of what the questions rest on, and none is asked no more. */
function makingsWith(
  before: RecordingFacts | undefined,
  { date, made, removed, contents, package: version }: RecordingChange,
): RecordingFacts['makings'] {
  const now = date.toISOString();
  const { makings = [], contents: were = [] } = before ?? {};
  const named = changedContents(were, contents).map(({ name }) => name);
  const changed = named.length === 0 && removed > 0 ? [DIALOGUES] : named;
  const last = makings.at(-1);
  if (!last || changed.length > 0) {
    return [...makings, { from: now, to: now, package: version, made, removed, changed }];
  }
  const more = { to: now, made: last.made + made, removed: last.removed + removed };
  return [...makings.slice(0, -1), { ...last, ...more }];
}

/** @throws MatrixError where somebody else answered before: a recording speaks for one juror */
export function assertSameModel(before: RecordingFacts | undefined, model: string | undefined) {
  if (!before || model === undefined || model === before.model) return;
  throw new MatrixError(`the recording was answered by ${before.model}, not by ${model}`, {
    mend: 'Name a new folder for another model.',
  });
}
