import type ExcelJS from 'exceljs';

/** What a cell shows, as plain text, whatever a person or a program made of it; a date as YYYY-MM-DD. */
export function textOfValue(value: ExcelJS.CellValue | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  if (value instanceof Date) return dayOf(value);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('error' in value) return value.error;
  // The library types a link's text as a string, and gives rich text where the cell holds some.
  if ('text' in value) return textOfValue(value.text);
  if ('result' in value) return textOfValue(value.result);
  return '';
}

function dayOf(date: Date): string {
  // Words in a cell of dates are no date to the library: let that be found, not pass for empty.
  return Number.isNaN(date.getTime()) ? String(date) : date.toISOString().slice(0, 10);
}
