import PgBoss from 'pg-boss';
import { MatrixError } from '../errors.js';
import type { Execute } from '../store/leases.js';
import type { RunStore } from '../store/run-store.js';
import { notShareable } from './assert-shareable.js';
import { bossOn } from './boss.js';
import { JobQueue } from './job-queue.js';

interface Opening {
  /** Whether to make the tables of the queue where there are none. */
  readonly make: boolean;
}

/**
 * Opens the queues that stand beside a store in its database.
 * @throws MatrixError where the store is a file, or they are not there or of another version
 */
export async function openQueue({ leases }: RunStore, { make }: Opening): Promise<JobQueue> {
  if (!leases) throw notShareable();
  const schema = await leases.transact(async (execute) => {
    const name = await schemaOf(execute);
    if (await isThere(execute, name)) await assertVersion(execute, name);
    else if (make) await makeTables(execute, name);
    else throw noneQueued();
    return name;
  });
  return new JobQueue(leases, schema);
}

/** One for each schema that holds a store, so that runs of one name never meet. */
async function schemaOf(execute: Execute): Promise<string> {
  const { rows } = await execute('select current_schema() as name');
  const name = String(rows[0]?.name);
  const own = name === 'public' ? '' : `_${name.replace(/\W/g, '_').slice(0, 30)}`;
  return `matrix_sim_queue${own}`;
}

async function isThere(execute: Execute, schema: string): Promise<boolean> {
  const { rows } = await execute(
    "select 1 from pg_tables where schemaname = $1 and tablename = 'version'",
    [schema],
  );
  return rows.length > 0;
}

async function makeTables(execute: Execute, schema: string): Promise<void> {
  await execute("select pg_advisory_xact_lock(hashtextextended('matrix-sim queue', 0))");
  // Asked again: another process may have made them while this one waited.
  if (await isThere(execute, schema)) return assertVersion(execute, schema);
  // It brings a transaction of its own, which would end ours halfway.
  const plan = PgBoss.getConstructionPlans(schema)
    .replace(/^\s*BEGIN;/, '')
    .replace(/COMMIT;\s*$/, '');
  await execute(plan);
  // Else each taking would sort all that waits: 0.15 s where these are 60,000.
  await execute(`create index taken_next on ${schema}.job (name, priority desc, created_on, id)
    where state < 'active'`);
}

async function assertVersion(execute: Execute, schema: string): Promise<void> {
  const boss = bossOn(execute, schema);
  try {
    // Starts nothing: it compares the version of the tables with its own.
    await boss.start();
  } catch (cause) {
    if (cause instanceof MatrixError) throw cause;
    const version = Number(await boss.schemaVersion());
    throw new MatrixError(
      `the queue in schema ${schema} is of another version (${version}) than this one uses`,
      {
        mend: `Let its runs end with the version that queued them, or remove it (drop schema ${schema} cascade) and queue what is left: run --resume RUN --enqueue.`,
        cause,
      },
    );
  }
}

function noneQueued(): MatrixError {
  return new MatrixError('no run was ever queued in this store', {
    mend: 'Queue one with: matrix-sim run PLAN --store postgres://USER@HOST/DATABASE --enqueue',
  });
}
