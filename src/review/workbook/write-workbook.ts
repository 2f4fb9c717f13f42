import { writeFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { fillWhole } from '../../whole-file.js';
import type { ReviewSheet } from '../sheet.js';
import { addGuide } from './guide-sheet.js';
import { addKey } from './key-sheet.js';
import { addLabels } from './labels-sheet.js';
import { addModes } from './modes-sheet.js';
import { addPairs } from './pairs-sheet.js';
import { addTranscripts } from './transcripts-sheet.js';
import { cellText } from '../../cell-text.js';
import { withoutTimes } from './zip-entries.js';

/** Writes what one person is given to label as a workbook. @throws MatrixError where it cannot be written */
export async function writeWorkbook(sheet: ReviewSheet, file: string): Promise<void> {
  const bytes = await workbookBytes(sheet);
  await fillWhole(file, (path) => Promise.resolve(writeFileSync(path, bytes, { flush: true })));
}

/** The same sheet gives the same bytes. */
export async function workbookBytes(sheet: ReviewSheet): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  // No clock: a workbook is known by its pack.
  book.created = new Date(0);
  book.modified = new Date(0);
  book.calcProperties.fullCalcOnLoad = true;
  addSheets(book, sheet);
  return withoutTimes(Buffer.from(await book.xlsx.writeBuffer()));
}

function addSheets(book: ExcelJS.Workbook, sheet: ReviewSheet): void {
  const foot = cellText(`Pack ${sheet.pack}, ${sheet.reviewer}`);
  addGuide(book, sheet, foot);
  if (sheet.study === 'realism') {
    addPairs(book, sheet.items, foot);
    addKey(book, sheet);
    return;
  }
  const places = addTranscripts(book, sheet.items, foot);
  addLabels(book, sheet, places, foot);
  addModes(book, sheet.modes, foot);
  addKey(book, sheet);
}
