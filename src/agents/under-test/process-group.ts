import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';

/** Milliseconds between asking a group to end and ending it. */
const GRACE = 1000;

const alive = new Set<number>();

/** A process with all that it starts. */
export interface ProcessGroup {
  readonly child: ChildProcessWithoutNullStreams;
  /** Ends the whole group; at the latest it ends with our own process. */
  end(): void;
}

/** Starts a command of the shell as the head of a process group of its own. */
export function startGroup(command: string): ProcessGroup {
  const child = spawn(command, { shell: true, detached: true, stdio: 'pipe' });
  const { pid } = child;
  if (pid === undefined) return { child, end: () => undefined };
  if (alive.size === 0) process.on('exit', killAll);
  alive.add(pid);
  return { child, end: () => endGroup(child, pid) };
}

function endGroup({ stdin }: ChildProcessWithoutNullStreams, pid: number): void {
  if (!alive.has(pid)) return;
  stdin.end();
  signalGroup(pid, 'SIGTERM');
  setTimeout(() => kill(pid), GRACE).unref();
}

function killAll(): void {
  for (const pid of alive) kill(pid);
}

function kill(pid: number): void {
  alive.delete(pid);
  if (alive.size === 0) process.off('exit', killAll);
  signalGroup(pid, 'SIGKILL');
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended by itself.
  }
}
