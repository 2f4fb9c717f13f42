import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
export const fixture = (name: string) => path.join(root, 'tests/fixtures', name);

/** A folder of its own for each test; the built command line runs in it. */
export function newFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'matrix-sim-'));
}

export const mainFile = path.join(root, 'dist/cli/main.js');

export function matrixSim(cwd: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [mainFile, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr, json: () => JSON.parse(stdout) as unknown };
}

export function startMatrixSim(
  cwd: string,
  env: Record<string, string>,
  ...args: string[]
): ChildProcess {
  return spawn(process.execPath, [mainFile, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });
}

export function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on('exit', (code) => resolve(code)));
}
