import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../src/store/sqlite/migrations.js';
import { openDatabase } from '../../src/store/sqlite/open-database.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { describeCallJournal } from '../contracts/call-journal.contract.js';
import { describeRunStore, runRecord } from '../contracts/run-store.contract.js';

const newFile = () => path.join(mkdtempSync(path.join(tmpdir(), 'store-')), 'store.db');

const open = () => Promise.resolve(openSqliteStore(newFile()));

describeRunStore('SQLite', open);
describeCallJournal('SQLite', open);

describe('the SQLite file', () => {
  it('refuses a schema newer than it knows', () => {
    const file = newFile();
    const database = new Database(file);
    database.exec('pragma user_version = 999');
    database.close();
    expect(() => openSqliteStore(file)).toThrow(/schema 999/);
  });

  it('says in one line that a path cannot be opened', () => {
    expect(() => openSqliteStore('/proc/no/store.db')).toThrow(/cannot be opened/);
  });

  it('lets no value reach the driver that would abort the process', () => {
    const database = openDatabase(newFile());
    const statement = database.prepare('select ? as value');
    for (const value of [true, new Date(0), new Uint8Array(1), undefined]) {
      expect(() => statement.all([value])).toThrow(TypeError);
    }
    expect(statement.all(['text'])).toEqual([{ value: 'text' }]);
    database.close();
  });
});

/** A store as 0.1.0 left it: judging and part of a call are words in its role. */
function oldStore(
  calls: readonly (readonly [take: number, role: string, texts: object])[],
): string {
  const file = newFile();
  const database = new Database(file);
  database.exec(MIGRATIONS.slice(0, 3).join(';'));
  database.exec('pragma user_version = 3');
  const put = (table: string, ...values: (string | number)[]) =>
    database
      .prepare(`insert into ${table} values (${values.map(() => '?').join()})`)
      .run(...values);
  put('runs', 'r-1', '2026-11-24T09:00:00.000Z', JSON.stringify(runRecord('r-1')));
  put('dialogues', 'r-1', 'S/a/1', 'S', 'a', 1, 0);
  for (const [number, id] of ['j-aaaaaaaa', 'j-bbbbbbbb'].entries()) {
    put('judgings', 'r-1', id, number, '{}');
  }
  for (const [take, role, texts] of calls) {
    const call = ['{"text":"#turn"}', '{}', JSON.stringify(texts), 1, 1, 1, 1] as const;
    put('calls', 'r-1', 'S/a/1', take, role, 1, 'openai:m', `hash of ${role}`, ...call);
  }
  database.close();
  return file;
}

describe('a store of 0.1.0', () => {
  const turn = { turn: 'I feel faint.' };

  it('opens with the calls of its run, of later judgings, and of parts of a question', async () => {
    const store = openSqliteStore(
      oldStore([
        [1, 'agent', turn],
        [1, 'juror openai:m', {}],
        [1, 'juror openai:m part 2', {}],
        [1, 'juror openai:strong part 12 on 0123abcd', {}],
        [1, 'policy ward.md', {}],
        [0, 'juror openai:m (j-bbbbbbbb)', turn],
        [0, 'juror openai:m on 0123abcd (j-bbbbbbbb)', turn],
      ]),
    );
    const key = { scenario: 'S', agent: 'a', repeat: 1 };
    const kept: unknown[] = [];
    for (const sitting of await store.sittings('r-1', key)) {
      const calls = await store.calls('r-1', key, sitting);
      kept.push(sitting, ...calls.map(({ role, part }) => [role, part]));
      expect(calls[0]?.request).toEqual({ text: turn.turn });
    }
    expect(kept).toEqual([
      { take: 1 },
      ['agent', ''],
      { judging: 'j-aaaaaaaa' },
      ['juror openai:m', ''],
      ['juror openai:m', '2'],
      ['juror openai:strong', '12 on 0123abcd'],
      ['policy ward.md', ''],
      { judging: 'j-bbbbbbbb' },
      ['juror openai:m', ''],
      ['juror openai:m', 'on 0123abcd'],
    ]);
    await store.close();
  });

  it('keeps one answer where a run and its later judging by the same judge asked the same', async () => {
    const store = openSqliteStore(
      oldStore([
        [1, 'juror openai:m', turn],
        [0, 'juror openai:m (j-aaaaaaaa)', turn],
      ]),
    );
    const key = { scenario: 'S', agent: 'a', repeat: 1 };
    const [call, ...others] = await store.calls('r-1', key, { judging: 'j-aaaaaaaa' });
    expect(call?.requestHash).toBe('hash of juror openai:m (j-aaaaaaaa)');
    expect(others).toEqual([]);
    await store.close();
  });
});
