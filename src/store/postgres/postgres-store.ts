import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import { CallWriter } from '../kysely/call-writer.js';
import { storeOn } from '../kysely/kysely-store.js';
import type { Tables } from '../kysely/schema.js';
import type { EnteredCall, StoreEngine } from '../kysely/store-engine.js';
import type { RunStore } from '../run-store.js';
import { openPool } from './guarded-pool.js';
import { leasesOn, lostAmong } from './postgres-leases.js';
import { bringToPresent } from './present-schema.js';
import { isRunLocked, RunLocks } from './run-locks.js';
import { serverAddress } from './server-address.js';
import { takeNumbers } from './take-numbers.js';
import { isConstraint, isGivenUp } from './store-error.js';

/** Times that a transaction is tried which the server gives up for another's. */
const TRIES = 5;
/** Rows of one statement, which takes 65,535 values at most. */
const ROWS = 1000;

/**
 * A run store in a PostgreSQL database.
 * @param store `postgres://USER@HOST:PORT/DATABASE`, with the parameters of libpq and `pool_size`
 * @param options `make`: whether to make a store where there is none, which is done unless told
 * @throws MatrixError where it cannot be used
 */
export async function openPostgresStore(
  store: string,
  { make = true }: { readonly make?: boolean } = {},
): Promise<RunStore> {
  const address = serverAddress(store);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: openPool(address) }) });
  const locks = new RunLocks(address);
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
    writeCalls: (take) =>
      transact(async (transaction) => {
        const calls = take();
        const lost = await lostAmong(transaction, calls);
        const kept = calls.filter((call) => !lost.has(call));
        const alone = kept.filter(({ lease }) => !lease).map(({ call }) => call.run);
        for (const run of new Set(alone)) await locks.assertHeld(transaction, run);
        for (let start = 0; start < kept.length; start += ROWS) {
          await insertCalls(transaction, kept.slice(start, start + ROWS));
        }
        return [...lost];
      }),
    isConstraint,
    lock: (run) => locks.lock(run),
    isLocked: (run) => isRunLocked(db, run),
  };
  const writer = new CallWriter(engine);
  return { ...storeOn(engine, writer), leases: leasesOn(engine, writer, transact) };
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
