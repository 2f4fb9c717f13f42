import { StoreBusy } from '../store/store-unreachable.js';
import { STAGES, type Execute, type Lease } from '../store/leases.js';
import { dialogueId, type DialogueKey } from '../store/run-record.js';
import type { Leases } from '../store/run-store.js';
import { runTaken } from '../store/kysely/store-engine.js';
import { validate } from '../read-file.js';
import { bossOn, fetchJobs } from './boss.js';
import {
  jobId,
  parseQueueName,
  queuedDialogueSchema,
  queueName,
  type RunStage,
} from './queued-job.js';

/** Workers that may take a job before it is given up: one that ends its worker each time ends them all. */
const MOST_TRIES = 25;
/** What pg-boss itself would end is long over: leases end first. */
const NEW_QUEUE = { expireInSeconds: 23 * 3600, retryLimit: MOST_TRIES - 1 };
/** Held shared by whoever queues, and alone by whoever removes queues. */
const QUEUES = "hashtextextended('matrix-sim queues', 0)";

/** A job that this worker was given. */
export interface TakenJob {
  readonly lease: Lease;
  readonly key: DialogueKey;
}

/** Jobs of one queue. */
export interface QueueCount extends RunStage {
  /** Waiting or being worked on. */
  readonly open: number;
  readonly active: number;
  /** Given up, with the reason kept. */
  readonly failed: number;
}

/**
 * The dialogues that wait to be held or judged: two queues for each run. A job that is done is no longer
 * in its queue; one that was given up stays in it until the run is queued again.
 */
export class JobQueue {
  readonly leases: Leases;
  readonly #schema: string;

  constructor(leases: Leases, schema: string) {
    this.leases = leases;
    this.#schema = schema;
  }

  /**
   * Puts dialogues into the queue of a stage, those first that come first; one that is in it already
   * stays as it is, unless it was given up: then it is tried again.
   * @throws MatrixError where a process works on the run alone
   */
  add(of: RunStage, keys: readonly DialogueKey[], first: number): Promise<void> {
    return this.leases.transact(async (execute) => {
      await execute(`select pg_advisory_xact_lock_shared(${QUEUES})`);
      if (!(await this.leases.mayShare(execute, of.run))) throw runTaken(of.run);
      const boss = bossOn(execute, this.#schema);
      for (const stage of STAGES) {
        const name = queueName({ run: of.run, stage });
        await boss.createQueue(name, { name, ...NEW_QUEUE });
      }
      if (keys.length === 0) return;
      await this.#beginAgain(execute, of, keys);
      await this.#insert(execute, of, keys, first);
    });
  }

  /** With all its tries: pg-boss' own would give what was given up a single one. */
  async #beginAgain(execute: Execute, of: RunStage, keys: readonly DialogueKey[]): Promise<void> {
    await execute(
      `update ${this.#schema}.job set state = 'created', retry_count = 0, retry_limit = $3,
          started_on = null, completed_on = null, output = null
        where name = $1 and id = any ($2::uuid[]) and state = 'failed'`,
      [queueName(of), keys.map((key) => jobId(of, key)), NEW_QUEUE.retryLimit],
    );
  }

  async #insert(
    execute: Execute,
    of: RunStage,
    keys: readonly DialogueKey[],
    first = 0,
  ): Promise<void> {
    const jobs = keys.map((key, index) => ({
      id: jobId(of, key),
      name: queueName(of),
      data: key,
      priority: -(first + index),
    }));
    await bossOn(execute, this.#schema).insert(jobs);
  }

  /** The queues with jobs that nobody has taken, oldest run first, but for those that somebody stopped. */
  async waiting(): Promise<RunStage[]> {
    const rows = await this.#read(
      // With its limit the server looks for one job in each queue, and reads no queue to its end.
      `select name from ${this.#schema}.queue where (
          select true from ${this.#schema}.job
          where job.name = queue.name and state < 'active' limit 1)
        and not exists (
          select 1 from stop_requests where queue.name in (run || '.simulate', run || '.judge'))
        order by created_on, name`,
    );
    return rows.flatMap(({ name }) => parseQueueName(String(name)) ?? []);
  }

  /** Takes jobs of a queue for a worker, at most so many; none where it is held to be gone. */
  take(worker: string, of: RunStage, most: number): Promise<TakenJob[]> {
    return this.leases.transact(async (execute) => {
      const { rows: there } = await execute('select 1 from workers where id = $1 for key share', [
        worker,
      ]);
      if (there.length === 0 || !(await this.leases.mayShare(execute, of.run))) return [];
      const jobs = await fetchJobs(execute, this.#schema, queueName(of), most);
      const keys = new Map(
        jobs.map(({ id, data }) => [id, validate(data, `job ${id}`, queuedDialogueSchema)]),
      );
      const { rows } = await execute(
        `insert into leases (run, stage, dialogue, job, worker)
          select $1, $2, dialogue, job, $3 from unnest($4::text[], $5::uuid[]) as taken (dialogue, job)
          on conflict do nothing returning epoch, job`,
        [of.run, of.stage, worker, [...keys.values()].map(dialogueId), [...keys.keys()]],
      );
      return rows.flatMap(({ epoch, job }) => {
        const key = keys.get(String(job));
        return key
          ? { key, lease: { ...of, dialogue: dialogueId(key), epoch: Number(epoch) } }
          : [];
      });
    });
  }

  /** Takes work that is done out of its queue, and puts in what it is followed by; none whose lease was lost. */
  async end(execute: Execute, lease: Lease, toJudge?: DialogueKey): Promise<void> {
    const job = await giveBack(execute, lease);
    if (job === undefined) return;
    await bossOn(execute, this.#schema).deleteJob(queueName(lease), job);
    if (toJudge) await this.#insert(execute, { run: lease.run, stage: 'judge' }, [toJudge]);
  }

  /**
   * Gives work back that was not done: to the next worker, or to nobody where all would meet the same.
   * @returns false where the lease was lost
   */
  release(lease: Lease, reason: string, { isFinal = false } = {}): Promise<boolean> {
    return this.leases.transact(async (execute) => {
      const job = await giveBack(execute, lease);
      if (job === undefined) return false;
      if (isFinal) {
        await execute(
          `update ${this.#schema}.job set retry_limit = retry_count where name = $1 and id = $2`,
          [queueName(lease), job],
        );
      }
      await bossOn(execute, this.#schema).fail(queueName(lease), job, { reason });
      return true;
    });
  }

  /** Gives jobs of workers that are gone to the next. */
  async requeueOrphans(execute: Execute): Promise<void> {
    const { rows } = await execute(
      `select name, id from ${this.#schema}.job where state = 'active'
        and not exists (select 1 from leases where leases.job = job.id)`,
    );
    const boss = bossOn(execute, this.#schema);
    for (const { name, id } of rows) {
      await boss.fail(String(name), String(id), { reason: 'its worker is gone' });
    }
  }

  /** The queues with what is in them, of one run or of all. */
  async counts(run?: string): Promise<QueueCount[]> {
    const rows = await this.#read(
      `select name, count(*) filter (where state < 'completed') as open,
          count(*) filter (where state = 'active') as active,
          count(*) filter (where state = 'failed') as failed
        from ${this.#schema}.job
        where $1::text is null or name in ($1::text || '.simulate', $1::text || '.judge')
        group by name`,
      [run],
    );
    return rows.flatMap(({ name, open, active, failed }) => {
      const of = parseQueueName(String(name));
      const counted = { open: Number(open), active: Number(active), failed: Number(failed) };
      return of ? { ...of, ...counted } : [];
    });
  }

  /**
   * Removes the queues of runs of which both are empty, or that were removed. Where others read them now,
   * as a backup does, they stay for the next look: who waited for them would keep all from working.
   */
  async removeEmpty(): Promise<void> {
    try {
      await this.#removeFree();
    } catch (error) {
      if (!(error instanceof StoreBusy)) throw error;
    }
  }

  #removeFree(): Promise<void> {
    return this.leases.transact(async (execute) => {
      await execute("set local lock_timeout = '200ms'");
      const { rows: free } = await execute(`select pg_try_advisory_xact_lock(${QUEUES}) as taken`);
      if (free[0]?.taken !== true) return;
      const { rows } = await execute(
        `select name from ${this.#schema}.queue
          left join runs on queue.name in (runs.id || '.simulate', runs.id || '.judge')
          where runs.id is null or not exists (
            select 1 from ${this.#schema}.job where name in (runs.id || '.simulate', runs.id || '.judge'))`,
      );
      const names = rows.map(({ name }) => String(name));
      // A queue with jobs cannot be deleted.
      await execute(`delete from ${this.#schema}.job where name = any ($1::text[])`, [names]);
      const boss = bossOn(execute, this.#schema);
      for (const name of names) await boss.deleteQueue(name);
    });
  }

  async #read(
    statement: string,
    values: readonly unknown[] = [],
  ): Promise<Record<string, unknown>[]> {
    return (await this.leases.transact((execute) => execute(statement, values))).rows;
  }
}

/** @returns the job that the lease was for; undefined where it was lost */
async function giveBack(execute: Execute, { epoch }: Lease): Promise<string | undefined> {
  const { rows } = await execute('delete from leases where epoch = $1 returning job', [epoch]);
  return rows[0] && String(rows[0].job);
}
