import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../src/store/sqlite/migrations.js';
import { planSchema } from '../../src/plan/plan.js';
import { assertSameContents } from '../../src/runs/planning/contents.js';
import { openDatabase } from '../../src/store/sqlite/open-database.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { describeCallJournal } from '../contracts/call-journal.contract.js';
import { describeDialogueList } from '../contracts/dialogue-list.contract.js';
import { describeRunStore, runRecord } from '../contracts/run-store.contract.js';

const newFile = () => path.join(mkdtempSync(path.join(tmpdir(), 'store-')), 'store.db');

const open = () => Promise.resolve(openSqliteStore(newFile()));

describeRunStore('SQLite', open);
describeDialogueList('SQLite', open);
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

/** A store in which judging and part of a call are words in its role. */
function oldStore(
  calls: readonly (readonly [take: number, role: string, texts: object])[],
): string {
  const file = newFile();
  const database = new Database(file);
  database.exec(MIGRATIONS.slice(0, 4).join(';'));
  database.exec('pragma user_version = 4');
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

describe('a store whose calls name judging and part in their role', () => {
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

  it('opens with its calls, those of its jurors under the judging of the run', async () => {
    const store = opened();
    const key = { scenario: 'H01-D02', agent: 'gpt-5-mini', repeat: 1 };
    const [judging] = await store.judgings('hosted-run');
    const own = { judging: judging?.id ?? '' };
    expect(await store.sittings('hosted-run', key)).toEqual([{ take: 1 }, own]);
    const heard = await store.calls('hosted-run', key, own);
    expect(new Set(heard.map(({ role }) => role))).toEqual(new Set(['juror openai:gpt-5']));
    const held = await store.calls('hosted-run', key, { take: 1 });
    expect(held.some(({ role }) => role === 'agent')).toBe(true);
    expect(held.some(({ role }) => role.startsWith('juror'))).toBe(false);
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

describe('a store of before lists had columns', () => {
  it('has them filled once it is opened, also from verdicts that are the list alone', async () => {
    const file = newFile();
    const database = new Database(file);
    database.exec(MIGRATIONS.slice(0, 8).join(';'));
    database.exec('pragma user_version = 8');
    const put = (table: string, ...values: (string | number)[]) =>
      database
        .prepare(`insert into ${table} values (${values.map(() => '?').join()})`)
        .run(...values);
    put('runs', 'r-1', '2026-11-24T09:00:00.000Z', JSON.stringify(runRecord('r-1')));
    put('judgings', 'r-1', 'j-1', 0, '{}');
    const failed = { failureMode: 'X09', outcome: 'fail', severity: 'Major', primary: true };
    const records = [[failed], { verdicts: [failed] }, 'no JSON'];
    for (const [index, record] of records.entries()) {
      const id = `S/a/${index + 1}`;
      put('dialogues', 'r-1', id, 'S', 'a', index + 1, 0);
      put('attempts', 'r-1', id, 1, 'valid', '{"ending":"agent-closed","hazard":"H01"}');
      put('attempts', 'r-1', id, 2, 'incomplete', '{"ending":"budget","hazard":"H01"}');
      const text = typeof record === 'string' ? record : JSON.stringify(record);
      put('verdicts', 'r-1', 'j-1', id, 1, text);
    }
    database.close();
    const store = openSqliteStore(file);
    const listed = await store.findDialogues('r-1', undefined, {}, { limit: 9 });
    expect(listed.map(({ outcome, severity, ending }) => [outcome, severity, ending])).toEqual([
      ['fail', 'Major', 'agent-closed'],
      ['fail', 'Major', 'agent-closed'],
      ['undetermined', null, 'agent-closed'],
    ]);
    expect(await store.countDialogues('r-1', 'j-1', { mode: 'X09' }, 9)).toBe(2);
    await store.close();
  });
});
