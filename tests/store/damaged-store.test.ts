import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { EXIT, MatrixError } from '../../src/errors.js';
import type { RunStore } from '../../src/store/run-store.js';
import { openDatabase } from '../../src/store/sqlite/open-database.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { attempt, runRecord } from '../contracts/run-store.contract.js';

const key = (repeat: number) => ({ scenario: 'S', agent: 'a', repeat });
const call = {
  role: 'agent',
  part: '',
  ordinal: 1,
  model: null,
  requestHash: 'h',
  request: 'Hello.',
  answer: 'How are you?',
  inputTokens: null,
  outputTokens: null,
  latency: 1,
  attempts: 1,
};

/** A store of one run with two dialogues and a call, in which then something is damaged. */
async function damaged(sql: string): Promise<string> {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'damaged-')), 'store.db');
  const store = openSqliteStore(file);
  await store.createRun(runRecord('r-1'));
  for (const repeat of [1, 2]) {
    await store.beginDialogue('r-1', key(repeat));
    await store.saveAttempt('r-1', key(repeat), attempt('I feel faint.'));
  }
  await store.journal('r-1', key(2), { take: 1 }).record(call);
  await store.close();
  const database = new Database(file);
  database.exec('pragma foreign_keys = off');
  database.exec(sql);
  // So that what is damaged is read, and not a copy of it in the log.
  database.prepare('pragma wal_checkpoint(truncate)').all();
  database.close();
  return file;
}

async function errorOf(file: string, read: (store: RunStore) => Promise<unknown>) {
  const store = openSqliteStore(file);
  const error: unknown = await read(store).catch((thrown: unknown) => thrown);
  await store.close();
  expect(error).toBeInstanceOf(MatrixError);
  return error as MatrixError;
}

const NOT_UTF8 = "cast(x'7bff7d' as text)";
const ofSecond = "where dialogue = 'S/a/2'";
const second = (store: RunStore) => store.dialogue('r-1', key(2));

describe('a damaged store', () => {
  it.each([
    ['JSON cut short', `update attempts set record = '{"turns": [' ${ofSecond}`],
    ['bytes that are no UTF-8', `update attempts set record = ${NOT_UTF8} ${ofSecond}`],
    ['a record of something else', `update attempts set record = '[]' ${ofSecond}`],
  ])('names run, dialogue and mend for %s, and gives the others', async (_, sql) => {
    const file = await damaged(sql);
    const error = await errorOf(file, second);
    expect(error.message).toContain('the store is damaged: run r-1, dialogue S/a/2');
    expect(error.mend).toContain('pragma quick_check');
    expect(error.exitCode).toBe(EXIT.usage);
    const store = openSqliteStore(file);
    expect((await store.dialogue('r-1', key(1)))?.attempt?.standing).toBe('valid');
    await store.close();
  });

  it.each([
    ['the run', `update runs set record = ${NOT_UTF8}`, (store: RunStore) => store.run('r-1')],
    ['the list of runs', `update runs set record = '{'`, (store: RunStore) => store.runs()],
    [
      'a call',
      `update calls set request = ${NOT_UTF8}`,
      (store: RunStore) => store.calls('r-1', key(2), { take: 1 }),
    ],
    [
      'a text that calls refer to',
      'update calls set request = \'"#gone"\'',
      (store: RunStore) => store.calls('r-1', key(2), { take: 1 }),
    ],
  ])('names the run for %s', async (_, sql, read) => {
    const error = await errorOf(await damaged(sql), read);
    expect(error.message).toMatch(/the store is damaged: run r-1/);
  });

  it('says which table is missing', async () => {
    const error = await errorOf(await damaged('drop table verdicts'), second);
    expect(error.message).toMatch(/store .* is damaged \(no such table: verdicts\)/);
  });

  it('says so for a file whose pages were overwritten', async () => {
    const file = await damaged("insert into judgings values ('r-1', 'j', 0, '{}')");
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 4096);
    writeFileSync(file, bytes);
    // Among them may be those of the schema, without which it cannot be opened.
    const read = async () => second(openSqliteStore(file));
    await expect(read()).rejects.toThrow(/store .* is damaged/);
  });
});

describe('a full store', () => {
  it('says that the disk is full, and goes on once there is room', () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'full-')), 'store.db');
    const database = openDatabase(file);
    const insert = (id: string) =>
      database.prepare('insert into runs values (?, ?, ?)').run([id, '', 'x'.repeat(100_000)]);
    insert('a');
    const { page_count: pages } = database.prepare('pragma page_count').all([])[0] as {
      page_count: number;
    };
    database.prepare(`pragma max_page_count = ${pages}`).all([]);
    expect(() => insert('b')).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('the disk is full') as string,
        mend: expect.stringContaining('Make room') as string,
        exitCode: EXIT.incomplete,
      }),
    );
    database.prepare('pragma max_page_count = 1000000').all([]);
    expect(() => insert('b')).not.toThrow();
    database.close();
  });
});
