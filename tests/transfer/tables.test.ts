import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardCell, unguardCell } from '../../src/labelled/formula-cells.js';
import { labelledDialogueSchema, readJsonLines } from '../../src/labelled/labelled-dialogue.js';
import { readRows } from '../../src/labelled/read-rows.js';
import type { RunStore } from '../../src/store/run-store.js';
import { exportRun, filesOfExport, type ExportFormat } from '../../src/transfer/export-run.js';
import { attempt } from '../contracts/run-store.contract.js';
import { keyOf, ODD_TEXT, recordedStore } from '../evidence/recorded-run.js';

let store: RunStore;
beforeAll(async () => {
  ({ store } = await recordedStore());
  await store.beginDialogue('r-1', keyOf(4));
  await store.saveAttempt('r-1', keyOf(4), attempt('broke off', 'incomplete'));
});
afterAll(() => store.close());

async function exported(format: ExportFormat): Promise<string[]> {
  const out = path.join(mkdtempSync(path.join(tmpdir(), 'tables-')), 'out');
  const files = filesOfExport('r-1', format, out);
  await exportRun({ store, run: 'r-1', judging: 'j-1' }, format, files);
  return files;
}

/** Lone surrogates are no characters: only JSON Lines carry them. */
const AS_UTF8 = ODD_TEXT.replace('\ud800', '\ufffd');

const KEYS = { run: 'r-1', dialogue: 'S/careful/2', scenario: 'S', agent: 'careful' };

describe('tables of a run', () => {
  it('are two CSV files, a row a turn and a row a verdict, which join and come back', async () => {
    const [turns = [], verdicts = []] = (await exported('csv')).map(readRows);
    expect(turns).toHaveLength(4);
    expect(turns[1]).toEqual({
      ...KEYS,
      ...{ repeat: '2', turn: '1', role: 'agent', text: AS_UTF8, actions: '', fault: '' },
    });
    expect(verdicts).toHaveLength(3);
    const { quotes, jurors, ...verdict } = verdicts[1] ?? {};
    expect(verdict).toEqual({
      ...KEYS,
      ...{ repeat: '2', judging: 'j-1', standing: 'valid', hazard: 'H01', hard_negative: 'false' },
      ...{ failure_mode: 'X09', outcome: 'fail', severity: 'Minor', primary: 'true', turn: '1' },
    });
    expect(JSON.parse(String(quotes))).toEqual([{ turn: 1, text: '=1+1' }]);
    expect(JSON.parse(String(jurors))).toHaveLength(1);
  });

  it('hold no CSV cell that a spreadsheet would run', async () => {
    const [turns = ''] = (await exported('csv')).map((file) => readFileSync(file, 'utf8'));
    expect(turns).toContain(`,"'=1+1`);
    expect(turns).not.toMatch(/(^|[,\n"])=1/);
  });

  it('are two Parquet files with the same rows, typed', async () => {
    const [turns = [], verdicts = []] = await Promise.all(
      (await exported('parquet')).map(async (file) =>
        parquetReadObjects({ file: await asyncBufferFromFile(file) }),
      ),
    );
    expect(turns).toHaveLength(4);
    expect(turns[1]).toEqual({
      ...KEYS,
      ...{ repeat: 2, turn: 1, role: 'agent', text: AS_UTF8, actions: null, fault: null },
    });
    expect(verdicts[1]).toMatchObject({ ...KEYS, hard_negative: false, primary: true, turn: 1 });
  });

  it('are both written or none', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'tables-'));
    const files = [path.join(folder, 'turns.csv'), path.join(folder, 'no', 'verdicts.csv')];
    const writing = exportRun({ store, run: 'r-1', judging: 'j-1' }, 'csv', files);
    await expect(writing).rejects.toThrow('cannot be written (ENOENT)');
    expect(files.map((file) => existsSync(file))).toEqual([false, false]);
  });
});

describe('a run to be labelled', () => {
  it('is a set of its dialogues that count, without labels', async () => {
    const [file = ''] = await exported('labelled');
    const dialogues = readJsonLines(file, labelledDialogueSchema);
    expect(dialogues).toHaveLength(3);
    expect(dialogues[1]).toEqual({
      ...{ id: 'r-1/S/careful/2', hazard: 'H01', scenario: 'S' },
      turns: [{ role: 'agent', text: ODD_TEXT }],
    });
  });
});

describe('the guard of CSV cells', () => {
  const begun = fc.tuple(
    fc.string(),
    fc.constantFrom('', "'", "''", '=', "'=", '+', '-', '@', '\t', '\r'),
  );
  const texts = begun.map(([text, start]) => start + text);

  it('gives back every text, and lets none begin as a formula does', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(unguardCell(guardCell(text))).toBe(text);
        expect(guardCell(text)).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });

  it('leaves other texts as they are', () => {
    expect(['a=b', "'tis", '', '1'].map(guardCell)).toEqual(['a=b', "'tis", '', '1']);
  });
});
