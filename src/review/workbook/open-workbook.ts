import { readFileSync, statSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { MatrixError, reasonOf } from '../../errors.js';
import { unreadable } from '../../read-file.js';
import { assertBounded } from './assert-bounded.js';

const MOST_MEGABYTES = 50;

/** Parts that hold no answer, and of which the library is slow or fails over what others wrote. */
const UNREAD = [
  'cols',
  'mergeCells',
  'hyperlinks',
  'dataValidations',
  'conditionalFormatting',
  'picture',
  'drawing',
  'legacyDrawing',
  'tableParts',
  'extLst',
];

/** @throws MatrixError where the file cannot be read, is no workbook, or is larger than any of ours */
export async function openWorkbook(file: string): Promise<ExcelJS.Workbook> {
  const bytes = read(file);
  try {
    assertBounded(bytes);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(Uint8Array.from(bytes).buffer, { ignoreNodes: UNREAD });
    return book;
  } catch (cause) {
    throw new MatrixError(`${file}: cannot be read as a workbook (${reasonOf(cause)})`, {
      mend: 'Open it in a spreadsheet program and save it as .xlsx, or ask for it to be sent again.',
      cause,
    });
  }
}

function read(file: string): Buffer {
  try {
    if (statSync(file).size > MOST_MEGABYTES * 2 ** 20) throw tooLarge(file);
    return readFileSync(file);
  } catch (cause) {
    throw cause instanceof MatrixError ? cause : unreadable(file, cause);
  }
}

function tooLarge(file: string): MatrixError {
  return new MatrixError(`${file}: is larger than ${MOST_MEGABYTES} MB`, {
    mend: 'Take pictures and other additions out of the workbook, and save it again.',
  });
}
