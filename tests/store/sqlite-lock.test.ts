import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { lockRun } from '../../src/store/sqlite/run-lock.js';

it('holds a run by whatever link its store is reached', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'lock-'));
  const [store, link] = [path.join(folder, 'store.db'), path.join(folder, 'link.db')];
  writeFileSync(store, '');
  symlinkSync(store, link);
  const lock = lockRun(store, 'r');
  expect(() => lockRun(link, 'r')).toThrow('being worked on by another process');
  await lock.release();
  await lockRun(link, 'r').release();
});
