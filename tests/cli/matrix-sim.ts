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

/** As {@link matrixSim}, while this process goes on: for tests that serve what it calls. */
export async function runMatrixSim(cwd: string, env: Record<string, string>, ...args: string[]) {
  const child = spawn(process.execPath, [mainFile, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  const read = async (stream: NodeJS.ReadableStream) => {
    let text = '';
    for await (const chunk of stream.setEncoding('utf8')) text += String(chunk);
    return text;
  };
  child.stdin.end();
  const [stdout, stderr, status] = await Promise.all([
    read(child.stdout),
    read(child.stderr),
    ended(child),
  ]);
  return { status, stdout, stderr, json: () => JSON.parse(stdout) as unknown };
}

export function startMatrixSim(
  cwd: string,
  env: Record<string, string>,
  ...args: string[]
): ChildProcess {
  const child = spawn(process.execPath, [mainFile, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // Unread, a full pipe would stop the process.
  child.stderr.resume();
  return child;
}

export function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on('exit', (code) => resolve(code)));
}
