import { sql, type Kysely } from 'kysely';
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
  readonly #lost = new Set<string>();

  constructor(address: ServerAddress) {
    this.#address = address;
  }

  /** @throws MatrixError where another process holds it */
  async lock(run: string): Promise<RunLock> {
    const client = await connect(this.#address);
    try {
      await this.#take(client, run);
    } catch (cause) {
      await client.end();
      throw storeError(cause, this.#address.name);
    }
    const lose = () => void this.#lost.add(run);
    client.on('end', lose);
    return {
      release: async () => {
        client.off('end', lose);
        this.#lost.delete(run);
        // With the connection its lock ends, also where the server ended it before.
        await client.end().catch(() => undefined);
      },
    };
  }

  async #take(client: pg.Client, run: string): Promise<void> {
    await client.query(KEEPALIVE);
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock($1::bigint) as taken',
      [advisoryKey('work', run)],
    );
    if (!rows[0]?.taken) throw runTaken(run);
  }

  /** @throws MatrixError where the connection with a run's lock ended: another may have taken the run. */
  assertHeld(run: string): void {
    if (!this.#lost.has(run)) return;
    throw new MatrixError(
      `store ${this.#address.name} ended its connection: run ${run} was let go`,
      {
        mend: 'Go on with it once the server is there; what is stored stays.',
        exitCode: EXIT.incomplete,
      },
    );
  }
}

/** Whether some process works on a run now. */
export async function isRunLocked(db: Kysely<Tables>, run: string): Promise<boolean> {
  const { rows } = await sql<object>`
    select 1 from pg_locks
    where locktype = 'advisory' and granted and objsubid = 1
      and database = (select oid from pg_database where datname = current_database())
      and (classid::bigint << 32) | objid::bigint = ${advisoryKey('work', run)}::bigint`.execute(
    db,
  );
  return rows.length > 0;
}
