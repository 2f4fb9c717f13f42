import type ExcelJS from 'exceljs';

const DRAFT = 'research draft, checked by no clinician';
/** A4 as the library numbers sizes of paper, as wide as a page and as long as it takes. */
const PAGE = { paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 };
/** Spreadsheets refuse a file whose footer, its marks included, is longer than 255 characters. */
const LONGEST_FOOT = 100;
const OPEN_FILL = 'FFFFF8DC';
const HEAD_FILL = 'FFDDE6EE';

export interface SheetLook {
  readonly name: string;
  readonly orientation: 'portrait' | 'landscape';
  /** In characters, a number for each column. */
  readonly widths: readonly number[];
  /** What stands at the foot of each printed page. */
  readonly foot: string;
}

/** A locked sheet that prints on A4, as wide as a page. */
export function addSheet(book: ExcelJS.Workbook, look: SheetLook): ExcelJS.Worksheet {
  const sheet = book.addWorksheet(look.name, {
    headerFooter: {
      oddHeader: `&L${look.name}&R${DRAFT}`,
      oddFooter: `&L${look.foot.slice(0, LONGEST_FOOT).replaceAll('&', '&&')}&RPage &P of &N`,
    },
  });
  Object.assign(sheet.pageSetup, PAGE, { orientation: look.orientation });
  sheet.columns = look.widths.map((width) => ({
    width,
    style: { alignment: { wrapText: true, vertical: 'top' } },
  }));
  // Whoever must may unlock it: the lock is against slips, and the hashes find the rest.
  void sheet.protect('', { formatColumns: false, formatRows: false });
  return sheet;
}

/** Adds a row of headings that stays in sight and is printed on each page. */
export function addHeader(sheet: ExcelJS.Worksheet, headings: readonly string[]): void {
  const row = sheet.addRow(headings);
  emphasise(row, headings.length);
  sheet.views = [{ state: 'frozen', xSplit: 1, ySplit: row.number }];
  sheet.pageSetup.printTitlesRow = `${row.number}:${row.number}`;
}

export function emphasise(row: ExcelJS.Row, columns: number): void {
  row.font = { bold: true };
  for (let column = 1; column <= columns; column += 1) {
    row.getCell(column).fill = solid(HEAD_FILL);
  }
}

/** Lets a cell be filled, with what it may hold. */
export function open(cell: ExcelJS.Cell, validation?: ExcelJS.DataValidation): void {
  cell.protection = { locked: false };
  cell.fill = solid(OPEN_FILL);
  cell.border = { bottom: { style: 'hair' } };
  if (validation) cell.dataValidation = validation;
}

/** One of a list, by a drop-down. @param list a range, or words in quotation marks of at most 255 characters */
export function oneOf(list: string): ExcelJS.DataValidation {
  return { ...refusing('Choose one from the list.'), type: 'list', formulae: [list] };
}

/** A whole number in a range. */
export function wholeNumber(least: number, most: number): ExcelJS.DataValidation {
  const error = `A whole number from ${least} to ${most}.`;
  return { ...refusing(error), type: 'whole', operator: 'between', formulae: [least, most] };
}

function refusing(error: string) {
  return { allowBlank: true, showErrorMessage: true, errorTitle: 'Not possible here', error };
}

function solid(argb: string): ExcelJS.Fill {
  return { type: 'pattern', pattern: 'solid', fgColor: { argb } };
}
