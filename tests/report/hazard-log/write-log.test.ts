import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import exceljs from 'exceljs';
import { describe, expect, it } from 'vitest';
import { unguardCell } from '../../../src/labelled/formula-cells.js';
import { NO_INPUTS } from '../../../src/report/hazard-log/inputs.js';
import { sheetsOfLog } from '../../../src/report/hazard-log/sheets-of-log.js';
import { filesOfLog, writeLog } from '../../../src/report/hazard-log/write-log.js';
import { cutCellText, xmlText } from '../../../src/cell-text.js';
import { vignettes } from '../stored-dialogue.js';
import { logOf } from './log-of.js';

const HOSTILE = [
  '=HYPERLINK("http://evil.example","x")',
  '+1',
  '@SUM(A1)',
  "'=1",
  'a\u0000b\uFFFEc\uD800d',
  '_x0041_',
  '<script>&"\'',
  'two\nlines',
  'x'.repeat(40_000),
];
const now = new Date('2026-11-24T09:00:00.000Z');

function hostileLog(texts = HOSTILE) {
  const actions = texts.map((summary) => ({ summary }));
  const hazards = { H01: { additionalControls: {}, actions, status: 'Open' as const } };
  return logOf([...vignettes(5, 'pass'), ...vignettes(2, 'fail')], {
    inputs: { ...NO_INPUTS, hazards, system: HOSTILE[0] },
  });
}

const folder = () => mkdtempSync(path.join(tmpdir(), 'log-'));

describe('cutCellText', () => {
  it.each([
    ['=1+1', '=1+1'],
    ['a\u0000\uFFFE\uD800b', 'a\\u0000\\ufffe\\ud800b'],
    ['_x0041_', '\\u005fx0041_'],
    ['\u{1F600}', '\u{1F600}'],
  ])('writes %j as %j', (text, cell) => {
    expect(cutCellText(text)).toBe(cell);
  });

  it.each(['x', '_x0041_', '\u{1F600}'])('cuts long runs of %s with a mark, whole', (sign) => {
    const cell = cutCellText(sign.repeat(40_000));
    expect(cell.length).toBeLessThanOrEqual(32_767);
    expect(cell.endsWith(' […]')).toBe(true);
    const kept = cell.slice(0, -' […]'.length).replaceAll('\\u005f', '_');
    expect(sign.repeat(40_000).startsWith(kept)).toBe(true);
    expect(Buffer.from(kept, 'utf8').toString('utf8')).toBe(kept);
  });
});

describe('writeLog', () => {
  it('refuses other endings', () => {
    expect(() => filesOfLog('log.pdf')).toThrow(/\.xlsx, \.csv or \.md/);
  });

  it('writes a workbook of texts and numbers, and no formula', async () => {
    const file = path.join(folder(), 'log.xlsx');
    await writeLog(await hostileLog(), file, now);
    const book = new exceljs.Workbook();
    await book.xlsx.readFile(file);
    expect(book.worksheets.map(({ name }) => name)).toEqual([
      'Front',
      'Hazard log',
      'By severity',
      'Actions',
      'Evidence',
    ]);
    const types = new Set<exceljs.ValueType>();
    book.eachSheet((sheet) => {
      sheet.eachRow((row) => {
        row.eachCell(({ type }) => types.add(type));
      });
    });
    expect([...types].sort()).toEqual([exceljs.ValueType.Number, exceljs.ValueType.String].sort());
  });

  it('writes CSV in which every table reads back, formulas guarded', async () => {
    const log = await hostileLog();
    const out = path.join(folder(), 'log.csv');
    await writeLog(log, out, now);
    const [front, hazards] = sheetsOfLog(log);
    const rows = parse(readFileSync(out, 'utf8'));
    expect(rows[0]).toEqual(hazards?.columns.map(({ title }) => title));
    expect(rows.slice(1).map((row) => row.map(unguardCell))).toEqual(
      hazards?.rows.map((row) => row.map((cell) => xmlText(String(cell)))),
    );
    expect(readFileSync(out.replace('.csv', '.actions.csv'), 'utf8')).toContain("'+1");
    expect(parse(readFileSync(out.replace('.csv', '.front.csv'), 'utf8'))).toHaveLength(
      (front?.rows.length ?? 0) + 1,
    );
  });

  it('writes Markdown in which words of others stay words', async () => {
    const out = path.join(folder(), 'log.md');
    await writeLog(await hostileLog(), out, now);
    const text = readFileSync(out, 'utf8');
    expect(text).not.toContain('<script>');
    expect(text).not.toMatch(/http:\/\//);
    expect(text).toContain('## Hazard log');
  });
});

const hasOffice = spawnSync('soffice', ['--version']).status === 0;
const title = hasOffice ? 'in LibreOffice' : 'in LibreOffice: skipped, there is no soffice here';

describe.skipIf(!hasOffice)(title, () => {
  it('opens with every cell as it was written', { timeout: 120_000 }, async () => {
    // It breaks a line of more than 16,384 signs in two where it writes CSV.
    const log = await hostileLog(HOSTILE.filter(({ length }) => length < 16_000));
    const dir = folder();
    const file = path.join(dir, 'log.xlsx');
    await writeLog(log, file, now);
    const all = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1';
    const profile = `-env:UserInstallation=file://${dir}/profile`;
    execFileSync('soffice', [profile, '--headless', '--convert-to', all, '--outdir', dir, file], {
      stdio: 'ignore',
    });
    for (const { name, columns, rows } of sheetsOfLog(log)) {
      const read = parse(readFileSync(path.join(dir, `log-${name}.csv`), 'utf8'));
      const written = [columns.map(({ title: head }) => head), ...rows];
      expect(read).toEqual(written.map((row) => row.map((cell) => shownAs(cell))));
    }
  });
});

/** As an office program shows a cell: escapes read back, and nothing else changed. */
function shownAs(cell: string | number): string {
  return typeof cell === 'number' ? String(cell) : cutCellText(cell);
}
