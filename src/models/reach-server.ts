import { once } from 'node:events';
import { connect } from 'node:net';
import { proxyFor } from './dispatcher.js';
import { ModelError } from './model-error.js';

/** Milliseconds in which a server that is up takes a connection. */
const REACHED_WITHIN = 4000;

/**
 * Whether anybody takes connections at an address, or at the proxy through which it is called: who waits
 * for an answer learns of a dead server only once all tries are used up.
 * @throws ModelError where nobody does
 * @throws the signal's reason where it aborts
 */
export async function reachServer(
  url: string,
  signal: AbortSignal,
  limit = REACHED_WITHIN,
): Promise<void> {
  const { hostname, port, protocol, host } = new URL(proxyFor(url) ?? url);
  const late = AbortSignal.timeout(limit);
  const socket = connect({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
  });
  try {
    await once(socket, 'connect', { signal: AbortSignal.any([signal, late]) });
  } catch (cause) {
    signal.throwIfAborted();
    const why = late.aborted ? `none within ${limit / 1000} s` : codeOf(cause);
    throw new ModelError(`no connection to ${host} (${why})`, { failure: 'connection', cause });
  } finally {
    socket.destroy();
  }
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown reason';
}
