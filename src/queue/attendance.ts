import type { JobQueue } from './job-queue.js';

/**
 * Says that a worker is there, for so many seconds of the server's clock from now. It takes leases away
 * from workers that have not said so in time, and their work goes to others.
 * @param strays epochs of leases that it holds and knows nothing of: these are given back
 * @returns the epochs of the leases that it holds
 */
export function attend(
  queue: JobQueue,
  worker: string,
  lease: number,
  strays: readonly number[] = [],
): Promise<Set<number>> {
  return queue.leases.transact(async (execute) => {
    await execute(
      `insert into workers (id, until) values ($1, now() + $2 * interval '1 second')
        on conflict (id) do update set until = excluded.until`,
      [worker, lease],
    );
    await execute(
      `delete from workers where id in (
        select id from workers where until < now() for update skip locked)`,
    );
    if (strays.length > 0) {
      const mine = 'delete from leases where worker = $1 and epoch = any ($2::bigint[])';
      await execute(mine, [worker, strays]);
    }
    await queue.requeueOrphans(execute);
    const { rows } = await execute('select epoch from leases where worker = $1', [worker]);
    return new Set(rows.map(({ epoch }) => Number(epoch)));
  });
}

/** Says that a worker goes; it has given back its work. */
export function leave(queue: JobQueue, worker: string): Promise<void> {
  return queue.leases.transact(async (execute) => {
    await execute('delete from workers where id = $1', [worker]);
  });
}

/** Keeps why a worker cannot take a run, for whoever watches it. */
export function refuse(
  queue: JobQueue,
  worker: string,
  run: string,
  reason: string,
): Promise<void> {
  return queue.leases.transact(async (execute) => {
    await execute(
      `insert into refusals (run, worker, reason)
        select runs.id, workers.id, $3 from runs, workers where runs.id = $1 and workers.id = $2
        on conflict (run, worker) do update set reason = excluded.reason`,
      [run, worker, reason],
    );
  });
}

/** Takes back that a worker cannot take a run. */
export function accept(queue: JobQueue, worker: string, run: string): Promise<void> {
  return queue.leases.transact(async (execute) => {
    await execute('delete from refusals where run = $1 and worker = $2', [run, worker]);
  });
}
