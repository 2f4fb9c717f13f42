import { EXIT, MatrixError } from '../errors.js';
import { ManifestHasher } from '../evidence/manifest-hasher.js';
import { describeRecord, entryOf } from '../evidence/stored-record.js';
import { beginsManifest, differencesOf, type DialogueEvidence } from '../evidence/verify-run.js';
import { RUN_FILE, RUN_FILE_VERSION, type RecordLine, type RunFileEnd } from './run-file.js';

/**
 * A run as the lines of a file that another store imports, with its journal and its manifest.
 * @throws MatrixError where a record is not as its manifest says: nobody would know it elsewhere
 */
export async function* runFileLines(
  run: string,
  evidence: AsyncIterable<DialogueEvidence>,
): AsyncGenerator<string> {
  const hasher = new ManifestHasher();
  let records = 0;
  let hasManifest: boolean | undefined;
  yield line({ format: RUN_FILE, version: RUN_FILE_VERSION, run });
  for await (const each of evidence) {
    const entries = each.records.map(entryOf);
    hasManifest ??= beginsManifest(each.entries);
    if (hasManifest) assertAsWritten(run, differencesOf(each.entries, entries));
    for (const [index, { kind, columns }] of each.records.entries()) {
      yield line({ kind, hash: entries[index]?.hash ?? '', columns } satisfies RecordLine);
    }
    hasher.addDialogue(entries);
    records += entries.length;
  }
  yield line({ end: run, records, hashes: hasher.hashes() } satisfies RunFileEnd);
}

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

function assertAsWritten(run: string, [first]: ReturnType<typeof differencesOf>): void {
  if (!first) return;
  throw new MatrixError(
    `run ${run} differs from its manifest: ${describeRecord(first.place)} is ${first.what}`,
    {
      mend: `See all that differs: matrix-sim verify ${run}. Export it from a copy of the store that is whole.`,
      exitCode: EXIT.differs,
    },
  );
}
