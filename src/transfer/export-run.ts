import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { RunStore } from '../store/run-store.js';
import type { StoredDialogue } from '../store/run-record.js';
import { fillAllWhole } from '../whole-file.js';
import { csvText } from './csv.js';
import { labelledLines } from './labelled-lines.js';
import { writeParquet } from './parquet.js';
import { TURNS, VERDICTS, type Table, type TableRow } from './tables.js';
import { runFileLines } from './write-run.js';

export const EXPORT_FORMATS = ['jsonl', 'csv', 'parquet', 'labelled'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What of which store is exported. */
export interface ExportedRun {
  readonly store: RunStore;
  readonly run: string;
  /** Whose verdicts stand in tables; left out where there is none. */
  readonly judging: string | undefined;
}

const TABLES: readonly Table[] = [TURNS, VERDICTS];

/** The files that an export makes: of tables one each, `OUT.turns.csv` and `OUT.verdicts.csv`. */
export function filesOfExport(
  run: string,
  format: ExportFormat,
  out: string | undefined,
): string[] {
  if (format === 'jsonl') return [out ?? `${run}.jsonl`];
  if (format === 'labelled') return [out ?? `${run}.labelled.jsonl`];
  return TABLES.map(({ name }) => `${out ?? run}.${name}.${format}`);
}

/**
 * Writes the files of an export, all whole or none; dialogues pass by one at a time.
 * @param files as {@link filesOfExport} names them
 * @throws MatrixError where one cannot be written, or the run is not as its manifest says
 */
export function exportRun(
  exported: ExportedRun,
  format: ExportFormat,
  files: readonly string[],
): Promise<void> {
  return fillAllWhole(files, async (paths) => {
    for (const [index, path] of paths.entries()) {
      const table = TABLES[index] ?? TURNS;
      if (format === 'parquet') await writeParquet(path, table.columns, rowsOf(exported, table));
      else await writeText(path, textOf(exported, format, table));
    }
  });
}

function textOf(exported: ExportedRun, format: 'jsonl' | 'csv' | 'labelled', table: Table) {
  const { store, run } = exported;
  switch (format) {
    case 'jsonl':
      return runFileLines(run, store.evidence(run));
    case 'labelled':
      return labelledLines(run, dialoguesOf(exported));
    case 'csv':
      return csvText(table.columns, rowsOf(exported, table));
  }
}

async function* rowsOf(exported: ExportedRun, table: Table): AsyncGenerator<TableRow[]> {
  for await (const dialogue of dialoguesOf(exported)) {
    yield table.rows(exported.run, exported.judging ?? '', dialogue);
  }
}

function dialoguesOf({ store, run, judging }: ExportedRun): AsyncIterable<StoredDialogue> {
  return store.dialogues(run, judging);
}

function writeText(path: string, text: AsyncIterable<string>): Promise<void> {
  return pipeline(Readable.from(text), createWriteStream(path));
}
