import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { planSchema } from '../../src/plan/plan.js';
import { assertSameContents } from '../../src/runs/planning/contents.js';
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

describe('a store made by 0.1.0', () => {
  const made = path.join(import.meta.dirname, '../fixtures/store-0.1.0.db');
  const opened = () => {
    const file = newFile();
    copyFileSync(made, file);
    return openSqliteStore(file);
  };

  it('opens with its plans, contents, dialogues and verdicts', async () => {
    const store = opened();
    const runs = await store.runs();
    expect(runs.map(({ id, held, planned }) => [id, held, planned])).toEqual([
      ['calls', 1, 1],
      ['hosted-run', 1, 1],
      ['offline-run', 1, 1],
    ]);
    const hosted = runs[1];
    expect(hosted?.plan).toEqual(
      planSchema.parse({
        agents: ['gpt-5-mini=openai:gpt-5-mini'],
        scenarios: ['H01-D02'],
        maxTurns: 12,
        patient: 'openai:gpt-5-mini',
        judges: ['openai:gpt-5', 'deterministic'],
        tokenBudget: 900_000,
      }),
    );
    expect(hosted?.contents.map(({ name, version }) => [name, version])).toEqual([
      ['taxonomy', '1.1.0'],
      ['scenarios', undefined],
      ['clinic-agent.md', '1.0.0'],
      ['patient.md', '1.0.0'],
      ['patient-review.md', '1.0.0'],
      ['package', undefined],
    ]);
    for (const { id } of runs) {
      const [judging] = await store.judgings(id);
      for await (const dialogue of store.dialogues(id, judging?.id)) {
        expect(dialogue.attempt?.turns.length, id).toBeGreaterThan(2);
        expect(dialogue.verdicts?.length, id).toBeGreaterThan(5);
      }
    }
    await store.close();
  });

  it('is not gone on with by a version that would give other results', async () => {
    const store = opened();
    const run = await store.run('offline-run');
    const later = [{ name: 'package', decides: 'transcripts' as const, fingerprint: '9.9.9' }];
    expect(() => run && assertSameContents(run, later)).toThrow(
      'run offline-run was made with package 0.1.0, this is 9.9.9',
    );
    await store.close();
  });
});
