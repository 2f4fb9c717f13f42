import { existsSync } from 'node:fs';
import { MatrixError } from '../errors.js';
import { DEFAULT_STORE } from '../plan/plan.js';
import type { Judging, RunRecord } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';
import { openSqliteStore } from '../store/sqlite/sqlite-store.js';

export const STORE_OPTION = ['--store <file>', 'where runs are kept', DEFAULT_STORE] as const;

/** Opens a store that must be there already, does the work and closes it. */
export async function withStore<T>(
  file: string,
  work: (store: RunStore) => Promise<T>,
): Promise<T> {
  assertFile(file);
  if (!existsSync(file)) {
    throw new MatrixError(`there is no store at ${file}`, {
      mend: 'Make one with: matrix-sim run, or name it with --store.',
    });
  }
  return withNewStore(file, work);
}

/** As {@link withStore}; makes the store where there is none. */
export async function withNewStore<T>(
  file: string,
  work: (store: RunStore) => Promise<T>,
): Promise<T> {
  assertFile(file);
  const store = openSqliteStore(file);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** The engine takes some names for no file: of a store that is kept nowhere, or on somebody's server. */
function assertFile(file: string): void {
  if (file.trim() !== '' && !/^(:|[a-z][a-z\d+.-]+:)/i.test(file)) return;
  throw new MatrixError(`"${file}" is no file, so nothing would be kept`, {
    mend: 'Name the path of a file with --store.',
  });
}

/**
 * @param agent that the run must have, where one is named
 * @throws MatrixError where the store has no such run, or the run no such agent
 */
export async function findRun(store: RunStore, id: string, agent?: string): Promise<RunRecord> {
  const run = await store.run(id);
  const names = run?.agents.map(({ name }) => name) ?? [];
  if (run && (agent === undefined || names.includes(agent))) return run;
  if (run) {
    throw new MatrixError(`run ${id} has no agent ${agent}`, {
      mend: `It has: ${names.join(', ')}.`,
    });
  }
  throw new MatrixError(`there is no run ${id} in the store`, { mend: 'See: matrix-sim runs' });
}

/** The judging asked for, else the latest one. @throws MatrixError where the run has no such judging */
export async function findJudging(
  store: RunStore,
  run: string,
  id: string | undefined,
): Promise<Judging | undefined> {
  const judgings = await store.judgings(run);
  if (id === undefined) return judgings.at(-1);
  const judging = judgings.find((candidate) => candidate.id === id);
  if (judging) return judging;
  throw new MatrixError(`run ${run} has no judging ${id}`, {
    mend: `It has: ${judgings.map((known) => known.id).join(', ') || 'none'}.`,
  });
}
