import { sql, type Kysely, type RawBuilder } from 'kysely';
import type pg from 'pg';
import { EXIT, MatrixError } from '../../errors.js';
import type { Tables } from '../kysely/schema.js';
import { runTaken } from '../kysely/store-engine.js';
import type { RunLock } from '../run-store.js';
import { advisoryKey } from './advisory-key.js';
import { connect } from './connect.js';
import type { ServerAddress } from './server-address.js';
import { storeError } from './store-error.js';

/** Seconds: a machine that went away without a word loses its locks within a minute. */
const KEEPALIVE = `set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10;
  set tcp_keepalives_count = 3`;

/**
 * Runs that this process has taken: each by an advisory lock of the server on a connection of its own,
 * so that it ends with the process however that ends.
 */
export class RunLocks {
  readonly #address: ServerAddress;
  /** The server's process behind each connection that took a run. */
  readonly #holders = new Map<string, number>();

  constructor(address: ServerAddress) {
    this.#address = address;
  }

  /** @throws MatrixError where another process holds it */
  async lock(run: string): Promise<RunLock> {
    const client = await connect(this.#address);
    try {
      this.#holders.set(run, await this.#take(client, run));
    } catch (cause) {
      await client.end();
      throw storeError(cause, this.#address.name);
    }
    return {
      release: async () => {
        this.#holders.delete(run);
        // With the connection its lock ends, also where the server ended it before.
        await client.end().catch(() => undefined);
      },
    };
  }

  async #take(client: pg.Client, run: string): Promise<number> {
    await client.query(KEEPALIVE);
    const { rows } = await client.query<{ taken: boolean; pid: number }>(
      'select pg_try_advisory_lock($1::bigint) as taken, pg_backend_pid() as pid',
      [advisoryKey('work', run)],
    );
    if (!rows[0]?.taken || (await isShared(client, run))) throw runTaken(run);
    return rows[0].pid;
  }

  /**
   * Asks the server whether a run that this process took is still its own, which only it knows for certain.
   * @throws MatrixError where the connection with its lock ended: another may have taken the run
   */
  async assertHeld(db: Kysely<Tables>, run: string): Promise<void> {
    const pid = this.#holders.get(run);
    if (pid === undefined) return;
    const { rows } = await sql`select 1 from pg_locks where ${isOn(run)} and pid = ${pid}`.execute(
      db,
    );
    if (rows.length > 0) return;
    const { name } = this.#address;
    throw new MatrixError(`store ${name} ended the connection that held run ${run}`, {
      mend: 'Another may have gone on with the run; look, and go on with it yourself.',
      exitCode: EXIT.incomplete,
    });
  }
}

/** Whether workers hold leases on a run; those that are gone lose theirs to whoever holds its lock. */
async function isShared(client: pg.Client, run: string): Promise<boolean> {
  const gone =
    'delete from leases where run = $1 and worker in (select id from workers where until < now())';
  await client.query(gone, [run]);
  const { rows } = await client.query('select 1 from leases where run = $1 limit 1', [run]);
  return rows.length > 0;
}

/** Whether some process works on a run now, alone or with others. */
export async function isRunLocked(db: Kysely<Tables>, run: string): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_locks where ${isOn(run)}
    union all select 1 from leases join workers on workers.id = leases.worker
      where leases.run = ${run} and workers.until >= now()`.execute(db);
  return rows.length > 0;
}

/** The server shows a key of 64 bits as its two halves. */
function isOn(run: string): RawBuilder<boolean> {
  return sql<boolean>`locktype = 'advisory' and granted and objsubid = 1
    and database = (select oid from pg_database where datname = current_database())
    and (classid::bigint << 32) | objid::bigint = ${advisoryKey('work', run)}::bigint`;
}
