import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { connectionConfig } from './connect.js';
import type { ServerAddress } from './server-address.js';
import { storeError } from './store-error.js';

/** Connections for Kysely, of which each failure names the store. This is the one place where values pass. */
export function openPool(address: ServerAddress): PostgresPool {
  const named = (cause: unknown) => storeError(cause, address.name);
  const pool = makePool(address, named);
  return {
    connect: async () => {
      try {
        return guard(await pool.connect(), named);
      } catch (cause) {
        throw named(cause);
      }
    },
    end: () => pool.end(),
  };
}

function makePool(address: ServerAddress, named: (cause: unknown) => unknown): pg.Pool {
  try {
    const pool = new pg.Pool({ ...connectionConfig(address), max: address.poolSize });
    // A connection that ends while nobody uses it, or while a query fails that tells of it.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    return pool;
  } catch (cause) {
    throw named(cause);
  }
}

function guard(client: pg.PoolClient, named: (cause: unknown) => unknown): PostgresPoolClient {
  const query = async (sql: string, values: readonly unknown[]) => {
    values.forEach(assertBindable);
    try {
      return await client.query(sql, [...values]);
    } catch (cause) {
      // The server rolls back by itself what a lost connection had begun.
      if (sql === 'rollback') return { command: 'ROLLBACK', rowCount: 0, rows: [] };
      throw named(cause);
    }
  };
  return { query: query as never, release: () => client.release() };
}

/** Half a character would be stored as another one, and a Date or object in words of the driver. */
function assertBindable(value: unknown): void {
  if (value === null || typeof value === 'number' || typeof value === 'bigint') return;
  if (typeof value !== 'string') {
    throw new TypeError(`the store cannot bind a value of type ${typeof value}`);
  }
  if (/\p{Surrogate}/u.test(value)) throw new TypeError('the store cannot bind half a character');
}
