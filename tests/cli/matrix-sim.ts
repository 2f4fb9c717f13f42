import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { vi } from 'vitest';
import { answer } from '../../src/cli/program.js';
import { hideEnvironment } from '../../src/secrets.js';
import { forbidTracing } from '../../src/tracing.js';

const root = path.resolve(import.meta.dirname, '../..');
export const fixture = (name: string) => path.join(root, 'tests/fixtures', name);

/** A folder of its own for each test; the command line runs in it. */
export function newFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'matrix-sim-'));
}

export const mainFile = path.join(root, 'dist/cli/main.js');

/** What a command left behind. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly json: () => unknown;
}

export function matrixSim(cwd: string, ...args: string[]): Promise<Ended> {
  return runMatrixSim(cwd, {}, ...args);
}

let last: Promise<unknown> = Promise.resolve();

/**
 * A command in this process, where it costs what it does and not a start of Node; folder, environment
 * and output are the process's, so one waits for the other.
 */
export function runMatrixSim(
  cwd: string,
  env: Readonly<Record<string, string>>,
  ...args: string[]
): Promise<Ended> {
  return typeMatrixSim(cwd, env, [], ...args);
}

/** As {@link runMatrixSim}, with lines that a person types. */
export function typeMatrixSim(
  cwd: string,
  env: Readonly<Record<string, string>>,
  typed: readonly string[],
  ...args: string[]
): Promise<Ended> {
  const turn = last.then(() => runHere(cwd, env, typed, args));
  last = turn.catch(() => undefined);
  return turn;
}

async function runHere(
  cwd: string,
  env: Readonly<Record<string, string>>,
  typed: readonly string[],
  args: readonly string[],
): Promise<Ended> {
  const before = { cwd: process.cwd(), env: { ...process.env }, exitCode: process.exitCode };
  const [stdout, stderr] = [capture(process.stdout), capture(process.stderr)];
  const stdin = vi.spyOn(process, 'stdin', 'get');
  // Commands read lines of it, as any stream has them.
  stdin.mockReturnValue(Readable.from(typed.map((line) => `${line}\n`)) as never);
  try {
    process.chdir(cwd);
    Object.assign(process.env, env);
    hideEnvironment();
    forbidTracing();
    return endedWith(await answer(args), stdout.text(), stderr.text());
  } finally {
    stdin.mockRestore();
    stdout.release();
    stderr.release();
    process.chdir(before.cwd);
    for (const name of Object.keys(process.env)) {
      if (!(name in before.env)) Reflect.deleteProperty(process.env, name);
    }
    Object.assign(process.env, before.env);
    process.exitCode = before.exitCode;
  }
}

function capture(stream: NodeJS.WriteStream) {
  let text = '';
  const spy = vi.spyOn(stream, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  return { text: () => text, release: () => spy.mockRestore() };
}

function endedWith(status: number | null, stdout: string, stderr: string): Ended {
  return { status, stdout, stderr, json: () => JSON.parse(stdout) as unknown };
}

/** The built command line in a process of its own, as a user has it. */
export async function spawnMatrixSim(
  cwd: string,
  env: Readonly<Record<string, string>>,
  ...args: string[]
): Promise<Ended> {
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
  return endedWith(status, stdout, stderr);
}

/** As {@link spawnMatrixSim}, to be killed; only what it says of its progress is piped. */
export function startMatrixSim(
  cwd: string,
  env: Readonly<Record<string, string>>,
  ...args: string[]
): ChildProcess {
  return spawn(process.execPath, [mainFile, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

export function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on('exit', (code) => resolve(code)));
}
