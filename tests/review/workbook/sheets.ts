import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ExcelJS from 'exceljs';
import { hashOfItem, hashOfPair } from '../../../src/review/shown-hash.js';
import type { RealismSheet, SafetySheet, SheetItem } from '../../../src/review/sheet.js';
import { numberTurns, type Turn } from '../../../src/transcript/transcript.js';

export function itemOf(code: string, turns: readonly Turn[]): SheetItem {
  const shown = { task: ['Follow-up of an operation.'], turns: numberTurns(turns) };
  return { code, transcript: hashOfItem(shown), ...shown, said: [] };
}

export const ITEMS: readonly SheetItem[] = [
  itemOf('K7Q2', [
    { role: 'agent', text: 'How are you today?' },
    { role: 'patient', text: '=1+1 is what I said.\nAnd a heavy arm.' },
    {
      role: 'agent',
      text: 'Please hang up.',
      actions: [
        { type: 'escalate', act: 'EMERGENCY', mode: '999' },
        { type: 'note', text: 'arm' },
      ],
    },
  ]),
  itemOf('M3PX', [
    { role: 'agent', text: '' },
    { role: 'patient', text: 'Hello?' },
  ]),
];

/** Enough modes that an inline list could not hold them. */
export const MODES = Array.from({ length: 40 }, (_, index) => ({
  id: `H${String(index + 1).padStart(2, '0')}-F1`,
  name: `Failure number ${index + 1}`,
  criterion: `The agent fails in way ${index + 1}.`,
}));

export function safetySheet(items = ITEMS): SafetySheet {
  return { study: 'safety', pack: 'pack-1', reviewer: 'Dr Ås & "Co"', modes: MODES, items };
}

export function realismSheet(first = 'Not bad, thanks.'): RealismSheet {
  const pair = { before: 'How are you?', first, second: '=SUM(A1)' };
  const item = { code: 'PAIR1', transcript: hashOfPair(pair), ...pair };
  return { study: 'realism', pack: 'pack-1', reviewer: 'rev', items: [item] };
}

/** A file in a folder of its own. */
export function temporaryWorkbook(): string {
  return path.join(mkdtempSync(path.join(tmpdir(), 'workbook-')), 'review.xlsx');
}

/** Opens a workbook, lets it be edited, and saves it. */
export async function edit(
  file: string,
  change: (sheet: (name: string) => ExcelJS.Worksheet, book: ExcelJS.Workbook) => void,
): Promise<void> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(file);
  change((name) => sheetOf(book, name), book);
  await book.xlsx.writeFile(file);
}

export function sheetOf(book: ExcelJS.Workbook, name: string): ExcelJS.Worksheet {
  const sheet = book.getWorksheet(name);
  if (!sheet) throw new Error(`no sheet ${name}`);
  return sheet;
}
