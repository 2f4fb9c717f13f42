import { describe, expect, it } from 'vitest';
import { besideStore } from '../../src/store/beside-store.js';

describe('files of a store on a server', () => {
  it.each([
    ['postgres://db.example/runs', '.matrix/db.example-5432-runs/store.r.j.batches.json'],
    [
      'postgresql://me@db.example:6000/runs?pool_size=2',
      '.matrix/db.example-6000-runs/store.r.j.batches.json',
    ],
    [
      'postgres:///runs?host=/var/run/postgresql',
      '.matrix/_var_run_postgresql-5432-runs/store.r.j.batches.json',
    ],
    [
      'postgres://db.example/..%2Frun',
      '.matrix/db.example-5432-..%2Frun/store.r.j.batches.json'.replace('%', '_'),
    ],
  ])('stand in a folder that %s names', (store, file) => {
    expect(besideStore(store, 'r.j.batches.json')).toBe(file);
  });
});
