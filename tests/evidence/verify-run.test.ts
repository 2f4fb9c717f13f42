import { copyFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findHash, hashesOfRun, hashToKeep } from '../../src/evidence/hashes-of-run.js';
import { describeRecord, entryOf } from '../../src/evidence/stored-record.js';
import { verifyRun } from '../../src/evidence/verify-run.js';
import type { RunStore } from '../../src/store/run-store.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import {
  judgeAgain,
  judging,
  keyOf,
  newStoreFile,
  recordedStore,
  recordRun,
} from './recorded-run.js';
import { attempt } from '../contracts/run-store.contract.js';

let file: string;
let store: RunStore;
let raw: Database.Database;
beforeEach(async () => {
  ({ file, store } = await recordedStore());
  raw = new Database(file);
});
afterEach(async () => {
  raw.close();
  await store.close();
});

const verify = () => verifyRun(store.evidence('r-1'));

async function differences(): Promise<string[]> {
  return (await verify()).differences.map(({ what, place }) => `${what}: ${describeRecord(place)}`);
}

/** Does something to the store behind its back, as a person with its file could. */
function tamper(sql: string): void {
  raw.exec(`pragma foreign_keys = off; ${sql}`);
}

describe('a run as it was written', () => {
  it('verifies, and its manifest gives the same hashes without the records', async () => {
    const { hashes, ...rest } = await verify();
    expect(rest).toEqual({ records: 2 + 3 * 5, hasManifest: true, differences: [] });
    expect(await hashesOfRun(store, 'r-1')).toEqual(hashes);
  });

  it('has the same hashes wherever the same is recorded', async () => {
    const elsewhere = openSqliteStore(newStoreFile());
    await recordRun(elsewhere);
    expect(await hashesOfRun(elsewhere, 'r-1')).toEqual((await verify()).hashes);
    await elsewhere.close();
  });

  it('keeps the hashes of simulation and judging when it is judged again', async () => {
    const before = (await verify()).hashes;
    await store.saveJudging('r-1', judging('j-2'));
    for (const repeat of [1, 2, 3]) await judgeAgain(store, keyOf(repeat), 'j-2');
    const { hashes, differences } = await verify();
    expect(differences).toEqual([]);
    expect(hashes.simulation).toBe(before.simulation);
    expect(hashes.judgings['j-1']).toBe(before.judgings['j-1']);
    expect(hashes.judgings['j-2']).toMatch(/^[0-9a-f]{64}$/);
  });

  it('has other hashes, and verifies, once it has gone on', async () => {
    const before = (await verify()).hashes;
    await store.beginDialogue('r-1', keyOf(4));
    await store.restartDialogue('r-1', keyOf(4));
    await store.saveAttempt('r-1', keyOf(4), attempt('a'));
    const { hashes, differences } = await verify();
    expect(differences).toEqual([]);
    expect(hashes.simulation).not.toBe(before.simulation);
    expect(hashes.judgings['j-1']).not.toBe(before.judgings['j-1']);
  });

  it('names the judging whose hash was kept, and the simulation where there is none', async () => {
    const { hashes } = await verify();
    expect(findHash(hashes, hashToKeep(hashes, 'j-1'))).toBe('j-1');
    expect(findHash(hashes, hashToKeep(hashes, undefined))).toBe('simulation');
    expect(findHash(hashes, '0'.repeat(64))).toBeUndefined();
  });
});

const TEXTS = [
  ['attempts', 'record', /attempt 1$/],
  ['attempts', 'standing', /attempt 1$/],
  ['verdicts', 'record', /judging j-1, verdicts on attempt 1$/],
  ['calls', 'request', /call 1 of /],
  ['calls', 'answer', /call 1 of /],
  ['calls', 'texts', /call 1 of /],
  ['calls', 'request_hash', /call 1 of /],
  ['judgings', 'record', /the record of the judging$/],
  ['runs', 'record', /the record of the run$/],
] as const;

describe('a run that was altered', () => {
  it('is found out by any byte of any turn, call or verdict, and the record is named', async () => {
    const where = fc.record({
      text: fc.constantFrom(...TEXTS),
      row: fc.nat(),
      at: fc.nat(),
      byte: fc.integer({ min: 0, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(where, async ({ text: [table, column, name], row, at, byte }) => {
        const rows = raw
          .prepare(`select rowid as id, cast(${column} as blob) as bytes from ${table}`)
          .all() as { id: number; bytes: ArrayBuffer }[];
        const { id, bytes } = rows[row % rows.length] ?? { id: 0, bytes: new ArrayBuffer() };
        const before = Buffer.from(bytes);
        const after = Buffer.from(before);
        const place = at % after.length;
        fc.pre(after[place] !== byte);
        after[place] = byte;
        const put = raw.prepare(`update ${table} set ${column} = cast(? as text) where rowid = ?`);
        put.run(after, id);
        const found = await differences();
        put.run(before, id);
        expect(found).toHaveLength(1);
        expect(found[0]).toMatch(/^altered: /);
        expect(found[0]).toMatch(name);
      }),
      { numRuns: 300 },
    );
    expect(await differences()).toEqual([]);
  });

  it.each([
    ["update calls set latency = latency + 0.001 where judging = ''", 3, /^altered: .*call 1 of/],
    ['update calls set input_tokens = null', 6, /^altered: /],
    ['update dialogues set restarts = 1', 3, /^altered: .*the record of the dialogue$/],
    ["update runs set created_at = '2020-01-01T00:00:00.000Z'", 1, /^altered: the record of the/],
    ["delete from calls where dialogue = 'S/careful/2' and judging = ''", 1, /^missing: /],
    ["delete from dialogues where id = 'S/careful/3'", 1, /^missing: dialogue S\/careful\/3, the/],
    ['delete from runs', 1, /^missing: the record of the run$/],
    [
      "insert into attempts select run, dialogue, 2, standing, record from attempts where dialogue = 'S/careful/1'",
      1,
      /^added: dialogue S\/careful\/1, attempt 2$/,
    ],
    // An entry that nobody could have written is described as it stands.
    [`update manifest set id = '[' where kind = 'call' and judging = ''`, 6, /call/],
  ])('%s: %i records differ', async (sql, count, first) => {
    tamper(sql);
    const found = await differences();
    expect(found).toHaveLength(count);
    expect(found[0]).toMatch(first);
  });

  it('has another hash also where its manifest was altered to fit', async () => {
    const kept = (await verify()).hashes;
    tamper("update attempts set standing = 'invalid' where dialogue = 'S/careful/1'");
    for await (const { records } of store.evidence('r-1')) {
      for (const { kind, dialogue, hash } of records.map(entryOf)) {
        if (kind === 'attempt' && dialogue === 'S/careful/1') {
          const put = raw.prepare('update manifest set hash = ? where kind = ? and dialogue = ?');
          put.run(hash, kind, dialogue);
        }
      }
    }
    const altered = await verify();
    expect(altered.differences).toEqual([]);
    expect(await hashesOfRun(store, 'r-1')).toEqual(altered.hashes);
    expect(findHash(altered.hashes, kept.simulation)).toBeUndefined();
    expect(findHash(altered.hashes, kept.judgings['j-1'] ?? '')).toBeUndefined();
  });

  it('leaves the hash of the simulation where only verdicts were altered', async () => {
    const kept = (await verify()).hashes;
    tamper("update verdicts set record = '[]'");
    const { hashes } = await verify();
    expect(hashes.simulation).toBe(kept.simulation);
    expect(hashes.judgings['j-1']).not.toBe(kept.judgings['j-1']);
  });
});

describe('a run that an edition without manifests began', () => {
  it('has hashes, and says that there is nothing to hold them against', async () => {
    const old = newStoreFile();
    copyFileSync(path.join(import.meta.dirname, '../fixtures/store-0.1.0.db'), old);
    const opened = openSqliteStore(old);
    const verification = await verifyRun(opened.evidence('hosted-run'));
    expect(verification).toMatchObject({ records: 19, hasManifest: false, differences: [] });
    expect(await hashesOfRun(opened, 'hosted-run')).toEqual(verification.hashes);
    await opened.beginDialogue('hosted-run', keyOf(1));
    const goneOn = await verifyRun(opened.evidence('hosted-run'));
    expect(goneOn).toMatchObject({ records: 20, hasManifest: false, differences: [] });
    expect(await hashesOfRun(opened, 'hosted-run')).toEqual(goneOn.hashes);
    await opened.close();
  });
});

it('a run is removed with its manifest', async () => {
  await store.removeRun('r-1');
  expect(await verify()).toMatchObject({ records: 0, differences: [] });
});
