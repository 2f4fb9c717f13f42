import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MatrixError } from '../../src/errors.js';
import type { Incoming } from './chat-api.js';
import type { Delivery } from './responder.js';

/** Milliseconds that a slow answer takes where there is no latency to multiply. */
const SLOW = 3000;
const SLOWER = 10;
/** Milliseconds: longer than any client keeps an idle connection, so that none is cut under it. */
const KEEP_ALIVE = 60_000;

/** The whole request; undefined where the client went away. */
export async function receive(request: IncomingMessage): Promise<Incoming | undefined> {
  const body = await bodyOf(request);
  if (!body) return undefined;
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  return {
    method: request.method ?? '',
    path,
    query: new URLSearchParams(query),
    headers: request.headers,
    body,
  };
}

function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => resolve(undefined));
  });
}

/** Answers after the latency, in milliseconds, unless the client goes away before. */
export async function send(
  response: ServerResponse,
  { response: { status, headers, body }, manner }: Delivery,
  latency: number,
): Promise<void> {
  await pause(manner === 'slow' ? latency * SLOWER || SLOW : latency, response);
  if (response.destroyed) return;
  if (manner === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  const [type, text] =
    typeof body === 'string' ? ['text/plain', body] : ['application/json', JSON.stringify(body)];
  const bytes = Buffer.from(text);
  response.writeHead(status, {
    'content-type': type,
    'content-length': bytes.length,
    ...headers,
  });
  if (manner === 'reset-mid-body') {
    const half = bytes.subarray(0, Math.floor(bytes.length / 2));
    response.write(half, () => response.destroy());
  } else {
    response.end(bytes);
  }
}

function pause(duration: number, response: ServerResponse): Promise<void> | undefined {
  if (duration <= 0) return undefined;
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, duration);
    response.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** @returns the address. @throws MatrixError where the port cannot be had */
export function listen(server: Server, port: number): Promise<string> {
  server.keepAliveTimeout = KEEP_ALIVE;
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const message = `the model server cannot listen on port ${port} (${cause.code ?? 'unknown reason'})`;
      reject(new MatrixError(message, { mend: 'Give another port, or 0 for any.', cause }));
    });
    server.listen(port, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}

/** Breaks what is still open. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
