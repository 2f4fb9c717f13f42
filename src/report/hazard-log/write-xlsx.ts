import type { Sheet, SheetCell } from './sheet.js';
import { cutCellText } from '../../cell-text.js';

/** A workbook with a sheet for each table, heads frozen and filtered. Texts stay texts, formulas too. */
export async function writeXlsx(sheets: readonly Sheet[], file: string, now: Date): Promise<void> {
  const { default: exceljs } = await import('exceljs');
  const workbook = new exceljs.Workbook();
  workbook.creator = 'matrix-sim';
  workbook.created = now;
  workbook.modified = now;
  for (const { name, columns, rows } of sheets) {
    const sheet = workbook.addWorksheet(name, {
      views: [{ state: 'frozen', ySplit: 1, xSplit: 1 }],
      pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    });
    sheet.columns = columns.map(({ title, width }) => ({ header: cutCellText(title), width }));
    sheet.addRows(rows.map((row) => row.map(cellValue)));
    sheet.getRow(1).font = { bold: true };
    sheet.eachRow((row) => {
      row.alignment = { vertical: 'top', wrapText: true };
    });
  }
  await workbook.xlsx.writeFile(file);
}

function cellValue(cell: SheetCell): string | number {
  return typeof cell === 'number' ? cell : cutCellText(cell);
}
