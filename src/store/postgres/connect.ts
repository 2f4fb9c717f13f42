import { Socket } from 'node:net';
import pg from 'pg';
import type { ServerAddress } from './server-address.js';
import { storeError } from './store-error.js';

/**
 * Milliseconds. A wait for a lock ends with a message instead of never; before it, the server ends the
 * transaction of a process that froze in its middle, with what it has locked.
 */
const PATIENCE = {
  connectionTimeoutMillis: 30_000,
  lock_timeout: 30_000,
  idle_in_transaction_session_timeout: 20_000,
};

/** Types of the server that JavaScript's numbers stand for here: counts, and sums of them. */
const AS_NUMBER = new Set([20, 1700]);

/** For these connections alone: another library in this process may read such values otherwise. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): ((text: string) => unknown) =>
    AS_NUMBER.has(oid)
      ? Number
      : (pg.types.getTypeParser as (oid: number, format?: string) => never)(oid, format),
};

// eslint-disable-next-line @typescript-eslint/unbound-method -- called on the socket that it is given to
const { connect: reach } = Socket.prototype;

/** A socket that reaches the store also while a replay refuses every other of this process. */
function storeSocket(): Socket {
  return Object.defineProperty(new Socket(), 'connect', { value: reach });
}

export function connectionConfig({ connectionString }: ServerAddress): pg.ClientConfig {
  return { connectionString, types, stream: storeSocket, keepAlive: true, ...PATIENCE };
}

/** A connection of its own. @throws MatrixError where there is none to be had */
export async function connect(address: ServerAddress): Promise<pg.Client> {
  try {
    const client = new pg.Client(connectionConfig(address));
    // Told to nobody it would end the process; whoever asks next is told.
    client.on('error', () => undefined);
    await client.connect();
    return client;
  } catch (cause) {
    throw storeError(cause, address.name);
  }
}
