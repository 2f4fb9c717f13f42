import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds between asking a group to end and ending it. */
const GRACE = 1000;

/** Milliseconds in which the last words of a process that has ended are read. */
const FLUSH = 200;

/** By id, those that may still run, with their heads. */
const alive = new Map<number, ChildProcess>();

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
  alive.set(pid, child);
  child.on('exit', () => {
    // A child that outlives it may hold its pipes, and through them our process.
    setTimeout(() => closePipes(child), FLUSH).unref();
    if (!signal(-pid, 0)) forget(pid);
  });
  return { end: () => endGroup(child, pid) };
}

function endGroup(child: ChildProcess, pid: number): void {
  if (!isOurs(pid)) return forget(pid);
  const strays = descendantsOf(pid);
  closePipes(child);
  signal(-pid, 'SIGTERM');
  setTimeout(() => kill(pid, strays), GRACE).unref();
}

/** Ids are used again: once the head has ended, a process with its id is another's, and so is its group. */
function isOurs(pid: number): boolean {
  const head = alive.get(pid);
  if (!head) return false;
  const hasEnded = head.exitCode !== null || head.signalCode !== null;
  return !(hasEnded && signal(pid, 0));
}

function forget(pid: number): void {
  alive.delete(pid);
  if (alive.size === 0) process.off('exit', killAll);
}

function closePipes({ stdin, stdout, stderr }: ChildProcess): void {
  [stdin, stdout, stderr].forEach((stream) => stream?.destroy());
}

function killAll(): void {
  for (const pid of alive.keys()) kill(pid, []);
}

function kill(pid: number, strays: readonly number[]): void {
  const own = isOurs(pid) ? [...descendantsOf(pid), -pid] : [];
  for (const each of [...strays, ...own]) signal(each, 'SIGKILL');
  forget(pid);
}

/** @param name 0 only asks. @returns whether there is such a process, or group where negative */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
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
