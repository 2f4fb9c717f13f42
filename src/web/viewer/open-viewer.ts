import { serve } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import { MatrixError, reasonOf } from '../../errors.js';
import { createViewerApp, type ViewerOptions } from './viewer-app.js';

/** Nobody but this machine reaches it. */
const HOST = '127.0.0.1';

export interface OpenViewer {
  /** With the token, without which no page is given. */
  addressOf(path: string): string;
  close(): Promise<void>;
}

/**
 * Serves the pages of a store to this machine.
 * @param port 0 for one that is free
 * @throws MatrixError where the port cannot be listened on
 */
export function openViewer(
  options: Omit<ViewerOptions, 'portOf'>,
  port: number,
): Promise<OpenViewer> {
  let listening = port;
  const app = createViewerApp({ ...options, portOf: () => listening });
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: HOST, port }, (info: AddressInfo) => {
      listening = info.port;
      const query = `?t=${encodeURIComponent(options.keys.token)}`;
      resolve({
        addressOf: (path) => `http://${HOST}:${listening}${path}${query}`,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            // Live pages hold theirs open.
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
    server.on('error', (cause: Error) =>
      reject(
        new MatrixError(`port ${port} cannot be listened on: ${reasonOf(cause)}`, {
          mend: 'Name another with --port, or leave it out for one that is free.',
          cause,
        }),
      ),
    );
  });
}
