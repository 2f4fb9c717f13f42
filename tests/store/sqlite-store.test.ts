import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/sqlite/open-database.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { describeRunStore } from '../contracts/run-store.contract.js';

const newFile = () => path.join(mkdtempSync(path.join(tmpdir(), 'store-')), 'store.db');

describeRunStore('SQLite', () => Promise.resolve(openSqliteStore(newFile())));

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
