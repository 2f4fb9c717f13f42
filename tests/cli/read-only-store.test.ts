import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mainFile, matrixSim, newFolder } from './matrix-sim.js';

/** Root may write anything; so whoever reads here is somebody else. */
const reader = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
const folder = newFolder();
const store = path.join(folder, 'kept', 'store.db');

function read(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [mainFile, ...args, '--store', store],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' }, ...reader },
  );
  return { status, stdout, stderr };
}

describe('a store that cannot be written', () => {
  beforeAll(async () => {
    const held = ['--run-id', 'r', '--scenario', 'H01-D01', '--judge', 'deterministic'];
    const run = await matrixSim(folder, 'run', ...held, '--store', store);
    expect(run.stderr).toContain('run r');
    for (const file of readdirSync(path.dirname(store))) {
      chmodSync(path.join(path.dirname(store), file), 0o444);
    }
    chmodSync(path.dirname(store), 0o555);
    chmodSync(folder, 0o755);
  }, 60_000);

  // Else nobody but root could take it away.
  afterAll(() => chmodSync(path.dirname(store), 0o755));

  it.each([
    ['runs', ['runs']],
    ['report', ['report', 'r']],
    ['show', ['show', 'r/H01-D01/careful/1']],
    ['judge bench --run', ['judge', 'bench', '--run', 'r']],
  ])('is read by %s', (_, args) => {
    const { status, stdout, stderr } = read(...args);
    expect(stderr).not.toMatch(/store .* (cannot|can be read)/);
    expect(stdout).not.toBe('');
    expect(status).toBe(0);
  });

  it.each([
    ['run', ['run', '--scenario', 'H01-D01']],
    ['run --resume', ['run', '--resume', 'r']],
    ['judge run', ['judge', 'run', 'r', '--judge', 'deterministic']],
    ['runs rm', ['runs', 'rm', 'r']],
  ])('is told as such by %s', (_, args) => {
    const { status, stderr } = read(...args);
    expect(stderr).toMatch(/store .* can be read, but not written/);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(status).toBe(2);
  });
});
