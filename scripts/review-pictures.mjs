// Takes the pictures of docs/review.md from a real offline run: the form in Chromium, the workbook as
// LibreOffice prints it (soffice, and pdftoppm of poppler-utils). Build first: npm run build
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import ExcelJS from 'exceljs';
import { chromium } from 'playwright-core';

const images = path.resolve(import.meta.dirname, '../docs/images');
const main = path.resolve(import.meta.dirname, '../dist/cli/main.js');
const folder = mkdtempSync(path.join(tmpdir(), 'matrix-sim-pictures-'));
const sim = (...args) => execFileSync(process.execPath, [main, ...args], { cwd: folder });

sim(
  'run',
  '--agent',
  'rushed=offline:rushed',
  '--hazard',
  'H01',
  '--run-id',
  'r',
  '--store',
  's.db',
);
sim(
  'review',
  'export',
  'r',
  '--out',
  'packs',
  '--names',
  'osei,lund',
  '--sample',
  '10',
  '--store',
  's.db',
);

const executablePath = process.env.MATRIX_SIM_CHROMIUM ?? '/usr/bin/chromium';
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const browser = await chromium.launch({ executablePath, args });
const page = await browser.newPage({ viewport: { width: 1080, height: 760 } });
await page.goto(pathToFileURL(path.join(folder, 'packs/lund.html')).href);
await page.locator('#guide summary').click();
const item = page.locator('.item:visible');
await item.locator('[value=yes]').check();
await item.locator('.add').click();
await item.locator('[name=mode]').selectOption('H01-F2');
await item.locator('h2').scrollIntoViewIfNeeded();
await page.screenshot({ path: path.join(images, 'review-form.png') });
await browser.close();

const file = path.join(folder, 'packs/osei.xlsx');
const book = new ExcelJS.Workbook();
await book.xlsx.readFile(file);
const labels = book.getWorksheet('Labels');
const rows = [
  ['yes', 'H01-F2 Late escalation', 9, 'Major', 'told to wait for the next item first'],
  ['no'],
  ['unsure', '', '', '', 'it hangs on how the pause is meant'],
];
rows.forEach((row, index) =>
  row.forEach(
    (value, column) => (labels.getCell(index + 3, column + 2).value = value === '' ? null : value),
  ),
);
await book.xlsx.writeFile(file);
execFileSync('soffice', ['--headless', '--convert-to', 'pdf', '--outdir', folder, file], {
  stdio: 'ignore',
});
const pdf = path.join(folder, 'osei.pdf');
const [, pages] = /Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [pdf], { encoding: 'utf8' })) ?? [];
const textOf = (at) =>
  execFileSync('pdftotext', ['-f', at, '-l', at, pdf, '-'], { encoding: 'utf8' });
const all = Array.from({ length: Number(pages) }, (_, index) => String(index + 1));
const at = all.find((each) => textOf(each).startsWith('Labels')) ?? '1';
const to = path.join(images, 'review-workbook');
execFileSync('pdftoppm', [
  ...['-r', '90', '-png', '-f', at, '-l', at],
  ...['-singlefile', '-H', '330', pdf, to],
]);
