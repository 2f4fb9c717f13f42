import type { Transaction } from 'kysely';
import type { CallWriter } from '../kysely/call-writer.js';
import { storeOn } from '../kysely/kysely-store.js';
import type { Tables } from '../kysely/schema.js';
import type { EnteredCall, StoreEngine } from '../kysely/store-engine.js';
import { LeaseLost, type Beside, type Execute, type Lease } from '../leases.js';
import type { Attempt } from '../run-record.js';
import type { Leases } from '../run-store.js';
import { advisoryKey } from './advisory-key.js';
import { executeOn } from './execute.js';
import { takeNumbers } from './take-numbers.js';

type Transact = <T>(work: (transaction: Transaction<Tables>) => Promise<T>) => Promise<T>;

export function leasesOn(engine: StoreEngine, writer: CallWriter, transact: Transact): Leases {
  return {
    transact: (work) => transact((transaction) => work(executeOn(transaction))),
    mayShare: async (execute, run) => {
      const statement = 'select pg_try_advisory_xact_lock_shared($1::bigint) as may';
      const { rows } = await execute(statement, [advisoryKey('work', run)]);
      return rows[0]?.may === true;
    },
    assertHeld,
    under: (lease, beside) => storeOn(leased(engine, transact, lease, beside), writer),
  };
}

function leased(
  engine: StoreEngine,
  transact: Transact,
  lease: Lease,
  beside: Beside,
): StoreEngine {
  const held = <T>(work: (transaction: Transaction<Tables>) => Promise<T>) =>
    transact(async (transaction) => {
      await assertHeld(executeOn(transaction), lease);
      return work(transaction);
    });
  return {
    ...engine,
    lease,
    alter: (_, work) => held(work),
    write: (run, work) =>
      held(async (transaction) => {
        await takeNumbers(transaction, run);
        return work(transaction);
      }),
    onAttempt: (transaction: Transaction<Tables>, attempt: Attempt) =>
      beside.attempt(executeOn(transaction), attempt),
    onJudgement: (transaction) => beside.judgement(executeOn(transaction)),
  };
}

async function assertHeld(execute: Execute, lease: Lease): Promise<void> {
  const statement = 'select 1 from leases where epoch = $1 for share';
  const { rows } = await execute(statement, [lease.epoch]);
  if (rows.length === 0) throw new LeaseLost(lease);
}

/** The calls whose lease is lost; that of the others is held until the end of the transaction. */
export async function lostAmong(
  transaction: Transaction<Tables>,
  calls: readonly EnteredCall[],
): Promise<Set<EnteredCall>> {
  const leased = calls.filter(({ lease }) => lease);
  if (leased.length === 0) return new Set();
  const { rows } = await executeOn(transaction)(
    'select epoch from leases where epoch = any ($1::bigint[]) order by epoch for share',
    [[...new Set(leased.map(({ lease }) => lease?.epoch))]],
  );
  const held = new Set(rows.map(({ epoch }) => epoch));
  return new Set(leased.filter(({ lease }) => !held.has(lease?.epoch)));
}
