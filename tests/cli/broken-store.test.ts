import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { mainFile, matrixSim, newFolder } from './matrix-sim.js';

describe('a store that cannot be used', () => {
  it.each([
    ['of a newer version', (file: string) => makeNewer(file), 'has schema 999'],
    [
      'that is no database',
      (file: string) => writeFileSync(file, 'x'.repeat(5000)),
      'cannot be opened',
    ],
    ['that is a folder', (file: string) => mkdirSync(file), 'cannot be opened'],
  ])('%s: one line and exit 2', async (_, make, message) => {
    const folder = newFolder();
    const file = path.join(folder, 'own.db');
    make(file);
    const { status, stderr } = await matrixSim(folder, 'run', '--hazard', 'H01', '--store', file);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(status).toBe(2);
  });

  it('on a path that cannot be written: one line and exit 2', async () => {
    const { status, stderr } = await matrixSim(newFolder(), 'run', '--store', '/proc/store.db');
    expect(stderr).toContain('cannot be opened');
    expect(status).toBe(2);
  });

  it('that fills up in the middle of a run, or as it is resumed: one line, exit 3, and what is stored stays', async () => {
    const folder = newFolder();
    const run = full(folder, 600, 'run --hazard H01 --hazard H02 --run-id r');
    expect(run.stderr).toContain('cannot be used');
    expect(run.stderr).not.toMatch(/^ {4}at /m);
    expect(run.status).toBe(3);
    const [before] = await runsIn(folder);
    expect(before?.held).toBeGreaterThan(0);
    expect(before?.held).toBeLessThan(before?.planned ?? 0);

    const resumed = full(folder, 700, 'run --resume r');
    expect(resumed.stderr).toMatch(/error: store .* cannot be used.*\n.*Make room.* --resume r\n$/);
    expect(resumed.status).toBe(3);
    expect((await runsIn(folder))[0]?.held).toBeGreaterThanOrEqual(before?.held ?? 0);
    expect((await matrixSim(folder, 'run', '--resume', 'r')).status).toBe(0);
  });
});

/** A limit on file size, in blocks of 1024 bytes, stands in for a full disk: the write fails in the same way. */
function full(folder: string, blocks: number, command: string) {
  const line = `ulimit -f ${blocks}; exec "${process.execPath}" "${mainFile}" ${command}`;
  return spawnSync('bash', ['-c', line], { cwd: folder, encoding: 'utf8' });
}

async function runsIn(folder: string) {
  const { json } = await matrixSim(folder, 'runs', '--json');
  return json() as { held: number; planned: number }[];
}

function makeNewer(file: string): void {
  const database = new Database(file);
  database.exec('pragma user_version = 999');
  database.close();
}
