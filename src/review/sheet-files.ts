import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MatrixError } from '../errors.js';
import { unreadable } from '../read-file.js';
import { assertFree, makeFolder, writeWhole } from '../whole-file.js';
import { readCsv } from './csv/read-csv.js';
import { writeCsv } from './csv/write-csv.js';
import { readFormResult } from './form/read-form-result.js';
import { renderForm } from './form/write-form.js';
import type { FilledSheet, ReviewSheet } from './sheet.js';
import { readWorkbook } from './workbook/read-workbook.js';
import { writeWorkbook } from './workbook/write-workbook.js';

export const SHEET_FORMATS = ['xlsx', 'html', 'csv'] as const;
export type SheetFormat = (typeof SHEET_FORMATS)[number];

/**
 * Writes what each reviewer gets into a folder, a file or two a reviewer and format.
 * @returns the files
 * @throws MatrixError where one is there already
 */
export async function writeSheets(
  sheets: readonly ReviewSheet[],
  formats: readonly SheetFormat[],
  folder: string,
): Promise<string[]> {
  const contents = sheets.flatMap((sheet) => formats.flatMap((format) => filesOf(sheet, format)));
  const files = contents.map(({ name }) => path.join(folder, name));
  files.forEach(assertFree);
  makeFolder(folder);
  for (const { name, write } of contents) await write(path.join(folder, name));
  return files;
}

interface SheetFile {
  readonly name: string;
  readonly write: (file: string) => void | Promise<void>;
}

function filesOf(sheet: ReviewSheet, format: SheetFormat): SheetFile[] {
  const { reviewer } = sheet;
  switch (format) {
    case 'xlsx':
      return [{ name: `${reviewer}.xlsx`, write: (file) => writeWorkbook(sheet, file) }];
    case 'html':
      return [{ name: `${reviewer}.html`, write: (file) => writeWhole(file, renderForm(sheet)) }];
    case 'csv':
      return Object.entries(writeCsv(sheet)).map(([ending, text]) => ({
        name: `${reviewer}${ending}`,
        write: (file) => writeWhole(file, text),
      }));
  }
}

/** Reads what a reviewer sent back, by the ending of its name. @throws MatrixError where it cannot be read */
export function readSheet(file: string): Promise<FilledSheet> | FilledSheet {
  switch (path.extname(file).toLowerCase()) {
    case '.xlsx':
      return readWorkbook(file);
    case '.json':
      return readFormResult(bytesOf(file).toString('utf8'), file);
    case '.csv':
      return readCsv(bytesOf(file), file);
    default:
      throw new MatrixError(
        `${file}: is neither a workbook, a result of the form, nor a CSV file`,
        {
          mend: 'Name files that end in .xlsx, .json (downloaded from the HTML form) or .csv.',
        },
      );
  }
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw unreadable(file, cause);
  }
}
