import { z } from 'zod';
import { MatrixError } from '../../errors.js';
import type { Cell, FilledPair, FilledSheet } from '../sheet.js';
import { LABEL_COLUMNS, PAIR_COLUMNS } from './columns.js';
import { gatherLabels } from './gather-labels.js';
import { readCells, type CsvRow } from './read-cells.js';

const studySchema = z.enum(['safety', 'adjudication', 'realism']);

/**
 * The filled file of labels as what came back of its sheet.
 * @param file names it in errors
 * @throws MatrixError where it is no such file, lacks a column, or holds rows of more than one sheet
 */
export function readCsv(content: Uint8Array, file: string): FilledSheet {
  const { header, rows } = readCells(content, file);
  const columns = header.includes('pair') ? PAIR_COLUMNS : LABEL_COLUMNS;
  assertColumns(header, columns, file);
  const [pack, reviewer] = [oneOf(rows, 'pack', file), oneOf(rows, 'reviewer', file)];
  const study = studyOf(oneOf(rows, 'study', file), file);
  if ((study === 'realism') !== (columns === PAIR_COLUMNS)) {
    throw new MatrixError(`${file}: its columns are not those of study ${study}`, {
      mend: 'Fill the file that was exported, with its columns as they are.',
    });
  }
  if (study === 'realism') return { study, pack, reviewer, pairs: rows.map(filledPair) };
  return { study, pack, reviewer, ...gatherLabels(rows) };
}

function assertColumns(header: readonly string[], columns: readonly string[], file: string): void {
  const missing = columns.filter((name) => !header.includes(name));
  if (missing.length > 0) {
    throw new MatrixError(`${file}: no column ${missing.join(', ')}`, {
      mend: 'Keep the first line of the exported file as it is, and fill the cells under it.',
    });
  }
  const twice = columns.find((name) => header.indexOf(name) !== header.lastIndexOf(name));
  if (twice === undefined) return;
  throw new MatrixError(`${file}: column ${twice} is there twice`, { mend: 'Remove one of them.' });
}

/** What all rows say that say anything; rows that a person added may leave it empty. */
function oneOf(rows: readonly CsvRow[], column: string, file: string): Cell {
  const put = rows.map((row) => row(column)).filter(({ text }) => text !== '');
  const [first, ...others] = put;
  if (!first) {
    throw new MatrixError(`${file}: no row says its ${column}`, {
      mend: `Put back what the exported file has in column ${column}.`,
    });
  }
  const other = others.find(({ text }) => text !== first.text);
  if (!other) return first;
  throw new MatrixError(
    `${file}, ${other.at}: "${other.text.slice(0, 60)}", and "${first.text.slice(0, 60)}" before`,
    { mend: 'Give the labels of each reviewer and pack as a file of their own.' },
  );
}

function studyOf({ text, at }: Cell, file: string): z.infer<typeof studySchema> {
  const { success, data } = studySchema.safeParse(text);
  if (success) return data;
  throw new MatrixError(`${file}, ${at}: "${text.slice(0, 60)}" is no study`, {
    mend: `Put back what the exported file has there: ${studySchema.options.join(', ')}.`,
  });
}

function filledPair(row: CsvRow): FilledPair {
  return {
    code: row('pair'),
    transcript: row('transcript'),
    preferred: row('preferred'),
    ratings: { first: row('first_rating'), second: row('second_rating') },
    comment: row('comment'),
  };
}
