import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { parseJson, readText, validate } from '../../read-file.js';
import { besideStore } from '../../store/beside-store.js';
import { judgingSchema, type RunRecord } from '../../store/run-record.js';

const pendingCallSchema = z.object({
  dialogue: z.string(),
  role: z.string(),
  part: z.string(),
  ordinal: z.int().positive(),
  /** Fingerprint of what was asked. */
  request: z.string(),
});

const pendingBatchSchema = z.object({
  id: z.string(),
  model: z.string(),
  /** The calls by their custom ids, which tell the provider nothing of run or agent. */
  calls: z.record(z.string(), pendingCallSchema),
});
export type PendingBatch = z.infer<typeof pendingBatchSchema>;

const pendingSchema = z.object({
  /** When the run was created: one made later under the same id is another. */
  runCreatedAt: z.string(),
  /** Enters the store with the first answers, so that reports keep to the one before until then. */
  judging: judgingSchema.extend({ nonce: z.string() }),
  /** False until all calls that were open have been submitted. */
  isWhole: z.boolean(),
  batches: z.array(pendingBatchSchema),
});
/** What a judging has submitted and not fetched yet. */
export type PendingBatches = z.infer<typeof pendingSchema>;

/** The file beside a store that holds them. */
export function pendingFile(store: string, run: string, judging: string): string {
  return besideStore(store, `${run}.${judging}.batches.json`);
}

/** @throws MatrixError where the file cannot be read */
export function readPending(
  file: string,
  { createdAt }: Pick<RunRecord, 'createdAt'>,
): PendingBatches | undefined {
  if (!existsSync(file)) return undefined;
  const pending = readFile(file);
  return pending.runCreatedAt === createdAt ? pending : undefined;
}

function readFile(file: string): PendingBatches {
  const mend = 'Remove the file to ask anew: what its batches answered is lost.';
  return validate(parseJson(readText(file), file, mend), file, pendingSchema);
}

/**
 * What all judgings of a run have submitted and not fetched yet, with the files that hold it.
 * @throws MatrixError where one of them cannot be read
 */
export function findPending(
  store: string,
  run: string,
): { readonly files: readonly string[]; readonly batches: readonly PendingBatch[] } {
  const first = besideStore(store, `${run}.`);
  const [folder, before, after] = [path.dirname(first), path.basename(first), '.batches.json'];
  // An id of a judging has no dot; what has one belongs to a run whose id goes on with it.
  const isOf = (name: string) =>
    name.startsWith(before) &&
    name.endsWith(after) &&
    !name.slice(before.length, -after.length).includes('.');
  const files = (existsSync(folder) ? readdirSync(folder) : [])
    .filter(isOf)
    .map((name) => path.join(folder, name));
  return { files, batches: files.flatMap((file) => readFile(file).batches) };
}

/** Is on disk, whole, when it returns: a batch that is forgotten is paid for nothing. */
export function writePending(file: string, pending: PendingBatches): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(pending, null, 2), { flush: true, mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function removePending(file: string): void {
  rmSync(file, { force: true });
}
