import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds between asking a group to end and ending it. */
const GRACE = 1000;

/** Milliseconds in which the last words of a process that has ended are read. */
const FLUSH = 200;

const alive = new Set<number>();

/** A process with all that it starts. */
export interface ProcessGroup {
  /** Ends all of it; at the latest it ends with our own process. */
  end(): void;
}

/** @param child the head of a process group of its own: it was started `detached` */
export function groupOf(child: ChildProcess): ProcessGroup {
  const { pid } = child;
  if (pid === undefined) return { end: () => undefined };
  if (alive.size === 0) process.on('exit', killAll);
  alive.add(pid);
  // A child that outlives it may hold its pipes, and through them our process.
  child.on('exit', () => setTimeout(() => closePipes(child), FLUSH).unref());
  return { end: () => endGroup(child, pid) };
}

function endGroup(child: ChildProcess, pid: number): void {
  if (!alive.has(pid)) return;
  const strays = descendantsOf(pid);
  closePipes(child);
  signal(-pid, 'SIGTERM');
  setTimeout(() => kill(pid, strays), GRACE).unref();
}

function closePipes({ stdin, stdout, stderr }: ChildProcess): void {
  [stdin, stdout, stderr].forEach((stream) => stream?.destroy());
}

function killAll(): void {
  for (const pid of alive) kill(pid, []);
}

function kill(pid: number, strays: readonly number[]): void {
  alive.delete(pid);
  if (alive.size === 0) process.off('exit', killAll);
  for (const each of [...strays, ...descendantsOf(pid)]) signal(each, 'SIGKILL');
  signal(-pid, 'SIGKILL');
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself.
  }
}

/** Processes that it started in groups of their own too. Only Linux tells of them. */
function descendantsOf(pid: number): number[] {
  try {
    const children = readdirSync(`/proc/${pid}/task`)
      .flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' '))
      .flatMap((text) => (text.trim() === '' ? [] : Number(text)));
    return [...children, ...children.flatMap(descendantsOf)];
  } catch {
    return [];
  }
}
