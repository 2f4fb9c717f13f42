import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { hashesOfRun } from '../../src/evidence/hashes-of-run.js';
import { verifyRun } from '../../src/evidence/verify-run.js';
import type { RunStore } from '../../src/store/run-store.js';
import { openPostgresStore } from '../../src/store/postgres/postgres-store.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { exportRun } from '../../src/transfer/export-run.js';
import { readRun } from '../../src/transfer/read-run.js';
import { newStoreFile, recordRun } from '../evidence/recorded-run.js';
import { describeWithPostgres } from '../postgres.js';

async function exported(store: RunStore): Promise<string> {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'engines-')), 'run.jsonl');
  await exportRun({ store, run: 'r-1', judging: 'j-1' }, 'jsonl', [file]);
  return file;
}

describeWithPostgres('a run on either engine', (cluster) => {
  it('is the same when it was held there, and when it was moved there and back', async () => {
    const [file, server] = [
      openSqliteStore(newStoreFile()),
      await openPostgresStore(await cluster.newDatabase()),
    ];
    await Promise.all([recordRun(file), recordRun(server)]);
    const first = await exported(file);
    expect(readFileSync(await exported(server), 'utf8')).toBe(readFileSync(first, 'utf8'));
    const hashes = await hashesOfRun(file, 'r-1');
    expect(await hashesOfRun(server, 'r-1')).toEqual(hashes);

    const moved = await openPostgresStore(await cluster.newDatabase());
    await moved.importRun(readRun(first));
    const back = openSqliteStore(newStoreFile());
    await back.importRun(readRun(await exported(moved)));
    for (const store of [moved, back]) {
      const verification = await verifyRun(store.evidence('r-1'));
      expect(verification).toMatchObject({ hashes, hasManifest: true, differences: [] });
    }
    for (const store of [file, server, moved, back]) await store.close();
  });
});
