import PgBoss from 'pg-boss';
import type { Execute } from '../store/leases.js';

/**
 * The queues of a database, of which each statement runs where `execute` does: in its transaction. What
 * pg-boss would do by itself, and with connections of its own, is left out; leases take its place.
 */
export function bossOn(execute: Execute, schema: string): PgBoss {
  const db = { executeSql: (text: string, values: unknown[]) => execute(text, values) };
  return new PgBoss({ db, schema, migrate: false, supervise: false, schedule: false });
}

/** Takes jobs of a queue. pg-boss itself takes a failure for an empty queue. */
export async function fetchJobs(
  execute: Execute,
  schema: string,
  queue: string,
  batchSize: number,
): Promise<PgBoss.Job<unknown>[]> {
  const failures: unknown[] = [];
  const watched: Execute = (...statement) =>
    execute(...statement).catch((error: unknown) => {
      failures.push(error);
      throw error;
    });
  const jobs = await bossOn(watched, schema).fetch<unknown>(queue, { batchSize });
  if (failures.length > 0) throw failures[0];
  return jobs;
}
