import type { ChildProcess } from 'node:child_process';
import { ended, startMatrixSim } from '../cli/matrix-sim.js';
import { waitFor } from '../cli/killed-runs.js';

export interface Place {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly store: string;
}

/** Dialogues that a worker has under way at once. */
export const CONCURRENCY = 2;
/** Seconds. */
export const LEASE = 4;

/** A worker in a process of its own, which ends once nothing is queued. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly ended: Promise<number | null>;
  said = '';

  constructor({ folder, env, store }: Place) {
    const size = ['--concurrency', String(CONCURRENCY), '--lease', String(LEASE)];
    const args = ['worker', '--store', store, ...size, '--until-empty'];
    this.#child = startMatrixSim(folder, env, ...args);
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.said += text));
    this.ended = ended(this.#child);
  }

  async id(): Promise<string> {
    await waitFor(() => /worker (w-\w+)/.test(this.said));
    return /worker (w-\w+)/.exec(this.said)?.[1] ?? '';
  }

  get isWaiting(): boolean {
    return this.said.includes(' waits: ');
  }

  get isOver(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
    this.#child.kill(name);
  }
}
