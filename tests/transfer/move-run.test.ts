import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT, MatrixError } from '../../src/errors.js';
import { hashesOfRun } from '../../src/evidence/hashes-of-run.js';
import { entryOf } from '../../src/evidence/stored-record.js';
import { verifyRun } from '../../src/evidence/verify-run.js';
import type { RunStore } from '../../src/store/run-store.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { exportRun } from '../../src/transfer/export-run.js';
import { readRun } from '../../src/transfer/read-run.js';
import { keyOf, newStoreFile, recordedStore } from '../evidence/recorded-run.js';

const newFile = (name = 'run.jsonl') => path.join(mkdtempSync(path.join(tmpdir(), 'move-')), name);

let source: RunStore;
let target: RunStore;
let file: string;
let text: string;
let lines: string[];
beforeAll(async () => {
  ({ store: source } = await recordedStore());
  target = openSqliteStore(newStoreFile());
  file = newFile();
  await exportRun({ store: source, run: 'r-1', judging: 'j-1' }, 'jsonl', [file]);
  text = readFileSync(file, 'utf8');
  lines = text.split('\n').slice(0, -1);
});
afterAll(async () => {
  await source.close();
  await target.close();
});

async function refusal(content: string): Promise<MatrixError> {
  const broken = newFile();
  writeFileSync(broken, content);
  const error: unknown = await target.importRun(readRun(broken)).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(MatrixError);
  expect(await target.runs()).toEqual([]);
  return error as MatrixError;
}

const lineOf = (kind: string) => lines.findIndex((line) => line.startsWith(`{"kind":"${kind}"`));

describe('an exported run', () => {
  it('has the same hashes, calls and verdicts in another store, and is exported the same', async () => {
    const other = openSqliteStore(newStoreFile());
    expect(await other.importRun(readRun(file))).toBe('r-1');
    const { hashes, ...rest } = await verifyRun(other.evidence('r-1'));
    expect(rest).toEqual({ records: 17, hasManifest: true, differences: [] });
    expect(hashes).toEqual(await hashesOfRun(source, 'r-1'));
    for (const sitting of [{ take: 1 }, { judging: 'j-1' }]) {
      const calls = await other.calls('r-1', keyOf(2), sitting);
      expect(calls).toEqual(await source.calls('r-1', keyOf(2), sitting));
      expect(calls).toHaveLength(1);
    }
    expect(await other.dialogue('r-1', keyOf(3))).toEqual(await source.dialogue('r-1', keyOf(3)));
    const again = newFile();
    await exportRun({ store: other, run: 'r-1', judging: 'j-1' }, 'jsonl', [again]);
    expect(readFileSync(again, 'utf8')).toBe(text);
    await other.close();
  });

  it('is not imported over a run that is there', async () => {
    const before = await hashesOfRun(source, 'r-1');
    await expect(source.importRun(readRun(file))).rejects.toThrow('run r-1 is in the store');
    expect(await hashesOfRun(source, 'r-1')).toEqual(before);
  });

  it('is refused wherever it is cut off, and nothing of it is kept', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: text.length - 2 }), async (end) => {
        const { mend } = await refusal(text.slice(0, end));
        expect(mend).toMatch(/[Ee]xport/);
      }),
      { numRuns: 60 },
    );
  });

  it('says after which record it was cut off', async () => {
    const { message } = await refusal(`${lines.slice(0, lineOf('call') + 1).join('\n')}\n`);
    expect(message).toMatch(
      /is cut off after line \d+, after dialogue S\/careful\/1, .*call 1 of (agent|juror openai:m)$/,
    );
  });

  it('is refused where the file is empty, or is not there', async () => {
    expect((await refusal('')).message).toMatch(/is cut off after line 0$/);
    await expect(target.importRun(readRun(newFile()))).rejects.toThrow('cannot be read (ENOENT)');
  });

  it('is refused with any byte altered', async () => {
    const bytes = Buffer.from(text);
    const where = fc.record({ at: fc.nat(bytes.length - 2), byte: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(where, async ({ at, byte }) => {
        fc.pre(bytes[at] !== byte);
        const altered = Buffer.from(bytes);
        altered[at] = byte;
        const broken = newFile();
        writeFileSync(broken, altered);
        const same = await readAll(broken).catch((thrown: unknown) => thrown);
        // What JSON reads the same is the same: as the case of an escape's hex digits.
        if (same instanceof MatrixError) return;
        expect(same).toEqual(await readAll(file));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['a turn', 'attempt', 'I have been', 'I had been', /attempt 1: was altered/],
    ['a latency', 'call', '"latency":12', '"latency":13', /call 1 of .*: was altered/],
    ['a label', 'verdicts', '"fail"', '"pass"', /verdicts on attempt 1: was altered/],
  ])('names dialogue and record where %s was altered', async (_, kind, from, to, message) => {
    const altered = lines.map((line, index) =>
      index === lineOf(kind) ? line.replace(from, to) : line,
    );
    expect(altered).not.toEqual(lines);
    const error = await refusal(`${altered.join('\n')}\n`);
    expect(error.message).toMatch(message);
    expect(error.message).toContain('dialogue S/careful/1');
  });

  it.each([
    ['a record taken out', () => lines.toSpliced(lineOf('call'), 1), /taken out/],
    [
      'a record twice',
      () => lines.toSpliced(lineOf('call'), 0, lines[lineOf('call')] ?? ''),
      /twice/,
    ],
    [
      'a dialogue taken out',
      () => lines.filter((line) => !line.includes('careful/2')),
      /taken out/,
    ],
    ['the run taken out', () => lines.toSpliced(1, 1), /does not come first/],
    ['more after its end', () => [...lines, lines[2] ?? ''], /more after its end/],
    ['another version', () => lines.with(0, (lines[0] ?? '').replace(':1', ':2')), /version 2/],
    ['another head', () => lines.with(0, '{}'), /holds no exported run/],
    [
      'the head of another run',
      () => lines.with(0, (lines[0] ?? '').replace('r-1', 'r-2')),
      /run r-2/,
    ],
    ['an empty line alone', () => [], /not valid JSON/],
  ])('is refused with %s', async (_, broken, message) => {
    expect((await refusal(`${broken().join('\n')}\n`)).message).toMatch(message);
  });

  it('brings no column that a store does not have', async () => {
    const { kind, columns } = JSON.parse(lines[lineOf('dialogue')] ?? '') as {
      kind: 'dialogue';
      columns: object;
    };
    const record = { kind, columns: { ...columns, 'id") --': 1 } };
    const line = JSON.stringify({ ...record, hash: entryOf(record).hash });
    const { message } = await refusal(`${lines.with(lineOf('dialogue'), line).join('\n')}\n`);
    expect(message).toMatch(/Unrecognized key/);
  });

  it('is not written where a record is not as its manifest says', async () => {
    const { file: damaged, store } = await recordedStore();
    const raw = new Database(damaged);
    raw.exec("update calls set latency = 1 where dialogue = 'S/careful/2' and judging = ''");
    raw.close();
    const out = newFile();
    const error: unknown = await exportRun({ store, run: 'r-1', judging: undefined }, 'jsonl', [
      out,
    ]).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ exitCode: EXIT.differs });
    expect(String(error)).toContain('dialogue S/careful/2, take 1, call 1 of agent is altered');
    expect(() => readFileSync(out)).toThrow(/ENOENT/);
    await store.close();
  });
});

async function readAll(from: string): Promise<unknown[]> {
  const records: unknown[] = [];
  for await (const record of readRun(from)) records.push(record);
  return records;
}
