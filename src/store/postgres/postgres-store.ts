import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import { CallWriter } from '../kysely/call-writer.js';
import { storeOn } from '../kysely/kysely-store.js';
import type { Tables } from '../kysely/schema.js';
import type { EnteredCall, StoreEngine } from '../kysely/store-engine.js';
import type { RunStore } from '../run-store.js';
import type { Sharing } from '../sharing.js';
import { openPool } from './guarded-pool.js';
import { leasesOn, lostAmong } from './postgres-leases.js';
import { bringToPresent } from './present-schema.js';
import { isRunLocked, RunLocks } from './run-locks.js';
import { forgetSpending, SharedBudgets, type Spender } from './shared-budgets.js';
import { sharedLimitOn } from './shared-limits.js';
import { serverAddress } from './server-address.js';
import { takeNumbers } from './take-numbers.js';
import { isConstraint, isGivenUp } from './store-error.js';

/** Times that a transaction is tried which the server gives up for another's. */
const TRIES = 5;
/** Rows of one statement, which takes 65,535 values at most. */
const ROWS = 1000;

/** A run store on a server, where several processes may work on one run. */
export interface PostgresStore extends RunStore {
  /** @param worker a name that no other process has */
  sharing(run: string, worker: string): Sharing;
}

/**
 * A run store in a PostgreSQL database.
 * @param store `postgres://USER@HOST:PORT/DATABASE`, with the parameters of libpq and `pool_size`
 * @param options `make`: whether to make a store where there is none, which is done unless told
 * @throws MatrixError where it cannot be used
 */
export async function openPostgresStore(
  store: string,
  { make = true }: { readonly make?: boolean } = {},
): Promise<PostgresStore> {
  const address = serverAddress(store);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: openPool(address) }) });
  const locks = new RunLocks(address);
  const budgets = new SharedBudgets();
  try {
    await bringToPresent(db, address.name, make);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const transact = <T>(work: (transaction: Transaction<Tables>) => Promise<T>) =>
    patiently(() => db.transaction().execute(work));
  const engine: StoreEngine = {
    db,
    faultsFound: sql<number | null>`faults_found(every.record)`,
    write: (run, work) =>
      transact(async (transaction) => {
        await takeNumbers(transaction, run);
        await locks.assertHeld(transaction, run);
        return work(transaction);
      }),
    alter: (run, work) =>
      transact(async (transaction) => {
        await locks.assertHeld(transaction, run);
        return work(transaction);
      }),
    writeCalls: async (take) => {
      const { lost: refused, learn } = await transact(async (transaction) => {
        const calls = take();
        const lost = await lostAmong(transaction, calls);
        const kept = calls.filter((call) => !lost.has(call));
        const alone = kept.filter(({ lease }) => !lease).map(({ call }) => call.run);
        for (const run of new Set(alone)) await locks.assertHeld(transaction, run);
        for (let start = 0; start < kept.length; start += ROWS) {
          await insertCalls(transaction, kept.slice(start, start + ROWS));
        }
        const runs = new Set(kept.map(({ call }) => call.run));
        return { lost: [...lost], learn: await budgets.enter(transaction, runs) };
      });
      learn();
      return refused;
    },
    isConstraint,
    lock: async (run) => {
      const lock = await locks.lock(run);
      try {
        await forgetSpending(db, run);
      } catch (error) {
        await lock.release();
        throw error;
      }
      return lock;
    },
    isLocked: (run) => isRunLocked(db, run),
  };
  const writer = new CallWriter(engine);
  return {
    ...storeOn(engine, writer),
    leases: leasesOn(engine, writer, transact),
    sharing: (run, worker) => sharingOn(db, budgets, { run, worker }),
  };
}

function sharingOn(db: Kysely<Tables>, budgets: SharedBudgets, spender: Spender): Sharing {
  const { run, worker } = spender;
  return {
    shareBudget: (budget, before) =>
      db.transaction().execute(async (transaction) => {
        await takeNumbers(transaction, run);
        await budgets.share(transaction, spender, budget, before);
      }),
    sharedLimit: (server) => sharedLimitOn(db, server, `${worker} ${run}`),
  };
}

async function insertCalls(
  transaction: Transaction<Tables>,
  calls: readonly EnteredCall[],
): Promise<void> {
  await transaction
    .insertInto('calls')
    .values(calls.map(({ call }) => call))
    .execute();
  await transaction
    .insertInto('manifest')
    .values(calls.map(({ call, entry }) => ({ run: call.run, ...entry })))
    .onConflict((conflict) =>
      conflict
        .columns(['run', 'dialogue', 'kind', 'judging', 'id'])
        .doUpdateSet((row) => ({ hash: row.ref('excluded.hash') })),
    )
    .execute();
}

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (left <= 1 || !isGivenUp(error)) throw error;
    }
  }
}
