import dgram from 'node:dgram';
import net from 'node:net';

/** Through these every TCP, TLS, local and UDP socket of Node reaches anybody. */
const GATES: readonly (readonly [object, string])[] = [
  [net.Socket.prototype, 'connect'],
  [net.Server.prototype, 'listen'],
  [dgram.Socket.prototype, 'bind'],
  [dgram.Socket.prototype, 'connect'],
  [dgram.Socket.prototype, 'send'],
];

function refuse(): never {
  throw new Error('a replay opens no socket');
}

/**
 * Does work without a network: until it ends, every socket of this process that would connect, listen
 * or send is refused, whichever library opens it. Two such works do not run beside each other.
 */
export async function withoutSockets<T>(work: () => Promise<T>): Promise<T> {
  const before = GATES.map(([owner, name]) => Object.getOwnPropertyDescriptor(owner, name));
  for (const [owner, name] of GATES) {
    Object.defineProperty(owner, name, { value: refuse, configurable: true, writable: true });
  }
  try {
    return await work();
  } finally {
    for (const [index, [owner, name]] of GATES.entries()) {
      Object.defineProperty(owner, name, before[index] ?? {});
    }
  }
}
