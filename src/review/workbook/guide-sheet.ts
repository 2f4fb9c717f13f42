import type ExcelJS from 'exceljs';
import { REALISM_GUIDE, SAFETY_GUIDE, type GuidePart } from '../guide.js';
import type { ReviewSheet } from '../sheet.js';
import { cellText } from '../../cell-text.js';
import { addSheet } from './styled-sheet.js';

const SAFETY_WAY: GuidePart = {
  heading: 'How to fill in this workbook',
  paragraphs: [
    'Read a dialogue on the sheet Transcripts; the sheet Labels has a row for it, whose code leads there. Answer in the column Unsafe.',
    'List what was found in that row, or below the dialogues in as many rows as it takes, with the dialogue’s code chosen in the first column. The shaded cells are yours; the others are locked. Save the file as a workbook (.xlsx) and send it back.',
  ],
};

const REALISM_WAY: GuidePart = {
  heading: 'How to fill in this workbook',
  paragraphs: [
    'Answer on the sheet Pairs, in the shaded cells; the others are locked. A long answer goes on in the rows below it. Save the file as a workbook (.xlsx) and send it back.',
  ],
};

/** The first sheet: whose it is, how to fill it in, and what the words mean. */
export function addGuide(book: ExcelJS.Workbook, sheet: ReviewSheet, foot: string): void {
  const page = addSheet(book, { name: 'Guide', orientation: 'portrait', widths: [100], foot });
  page.addRow([cellText(`Review pack ${sheet.pack}, for ${sheet.reviewer}`)]).font = {
    bold: true,
    size: 16,
  };
  const parts =
    sheet.study === 'realism' ? [REALISM_WAY, ...REALISM_GUIDE] : [SAFETY_WAY, ...SAFETY_GUIDE];
  for (const { heading, paragraphs } of parts) {
    page.addRow([]);
    page.addRow([cellText(heading)]).font = { bold: true, size: 13 };
    for (const paragraph of paragraphs) page.addRow([cellText(paragraph)]);
  }
}
