import { CsvError, parse } from 'csv-parse/sync';
import path from 'node:path';
import { z } from 'zod';
import { MatrixError } from '../errors.js';
import { readText } from '../read-file.js';
import { unguardCell } from './formula-cells.js';
import { readJsonLines } from './labelled-dialogue.js';

/** One record of somebody else's file, by column. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * Reads the rows of a CSV file (`.csv`, with a header) or of JSON Lines (`.jsonl`, `.ndjson`).
 * @throws MatrixError on another ending, and where the file cannot be read as what it ends on
 */
export function readRows(file: string): Row[] {
  const ending = path.extname(file).toLowerCase();
  if (ending === '.csv') return readCsv(file);
  if (['.jsonl', '.ndjson'].includes(ending)) {
    return readJsonLines(file, z.record(z.string(), z.unknown()));
  }
  throw new MatrixError(`${file}: no file to import`, {
    mend: 'Use CSV (.csv) or JSON Lines (.jsonl, .ndjson).',
  });
}

function readCsv(file: string): Row[] {
  const [header = [], ...records] = parseCsv(readText(file), file).map((cells) =>
    cells.map(unguardCell),
  );
  const twice = header.find((name, index) => header.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new MatrixError(`${file}: column "${twice}" is there twice`, {
      mend: 'Rename one of them in the first line.',
    });
  }
  return records.map((cells) =>
    Object.fromEntries(header.map((name, index) => [name, cells[index]])),
  );
}

function parseCsv(text: string, file: string): string[][] {
  try {
    return parse(text, { bom: true, skip_empty_lines: true });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new MatrixError(`${file}: not valid CSV: ${cause.message}`, {
      mend: 'Separate cells by commas, and quote those that hold commas, quotes or line breaks.',
      cause,
    });
  }
}
