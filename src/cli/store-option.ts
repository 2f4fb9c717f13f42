import { MatrixError } from '../errors.js';
import { DEFAULT_STORE } from '../plan/plan.js';
import { withoutPassword } from '../secrets.js';
import { openStore } from '../store/open-store.js';
import type { Judging, RunRecord } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';

export const STORE_OPTION = [
  '--store <place>',
  'where runs are kept: a file, or postgres://USER@HOST/DATABASE',
  withoutPassword,
  DEFAULT_STORE,
] as const;

/** Opens a store that must be there already, does the work and closes it. */
export async function withStore<T>(
  place: string,
  work: (store: RunStore) => Promise<T>,
): Promise<T> {
  return workOn(await openStore(place, { make: false }), work);
}

/** As {@link withStore}; makes the store where there is none. */
export async function withNewStore<T>(
  place: string,
  work: (store: RunStore) => Promise<T>,
): Promise<T> {
  return workOn(await openStore(place, { make: true }), work);
}

async function workOn<T>(store: RunStore, work: (store: RunStore) => Promise<T>): Promise<T> {
  try {
    return await work(store);
  } finally {
    await store.close();
  }
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
