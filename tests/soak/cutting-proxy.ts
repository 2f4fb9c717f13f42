import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** The way to a server on this machine, which can be cut. */
export interface CuttingProxy {
  /** The address of the server, by way of the proxy. */
  through(url: string): string;
  /** Breaks all connections that are open; new ones go through. */
  cut(): void;
  close(): void;
}

export async function startProxy(port: number): Promise<CuttingProxy> {
  const open = new Set<Socket>();
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => undefined).on('close', () => open.delete(socket));
  };
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      keep(from);
      from.pipe(to);
      from.on('close', () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const socket of open) socket.resetAndDestroy();
  };
  return {
    through: (url) => {
      const { port: own } = server.address() as AddressInfo;
      return Object.assign(new URL(url), { port: String(own) }).href;
    },
    cut,
    close: () => {
      server.close();
      cut();
    },
  };
}
