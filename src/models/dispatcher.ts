import { MatrixError, reasonOf } from '../errors.js';
import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';

const dispatchers = new Map<string, Dispatcher>();

/**
 * What sends requests to an address: through the proxy that the environment names, where it names one
 * (HTTP_PROXY, HTTPS_PROXY, NO_PROXY), and never for this machine itself.
 * @param largest bytes of one answer at most
 */
export function dispatcherFor(url: string, largest: number): Dispatcher {
  const isProxied = proxyFor(url) !== undefined;
  const name = `${isProxied} ${largest}`;
  const known = dispatchers.get(name);
  if (known) return known;
  // Limits on time are the caller's, through the signal; those on number the limiter's.
  const limits = { headersTimeout: 0, bodyTimeout: 0, maxResponseSize: largest };
  const made = isProxied ? proxied(limits) : new Agent({ ...limits, pipelining: 1 });
  dispatchers.set(name, made);
  return made;
}

function proxied(limits: Agent.Options): Dispatcher {
  try {
    return new EnvHttpProxyAgent(limits);
  } catch (cause) {
    throw new MatrixError(`the proxy of the environment is no address: ${reasonOf(cause)}`, {
      mend: 'Write HTTP_PROXY and HTTPS_PROXY as http://proxy.example:3128, or leave them out.',
      cause,
    });
  }
}

/** The proxy through which an address is called, without a password; undefined where there is none. */
export function proxyFor(url: string): string | undefined {
  const { protocol, hostname, port } = new URL(url);
  const { http_proxy, HTTP_PROXY, https_proxy, HTTPS_PROXY, no_proxy, NO_PROXY } = process.env;
  const http = http_proxy ?? HTTP_PROXY;
  const proxy = protocol === 'https:' ? (https_proxy ?? HTTPS_PROXY ?? http) : http;
  if (!proxy || isLoopback(hostname)) return undefined;
  const spared = (no_proxy ?? NO_PROXY ?? '').split(/[,\s]+/).filter(Boolean);
  if (spared.some((entry) => isSpared(hostname, port, entry))) return undefined;
  return URL.canParse(proxy) ? new URL(proxy).origin : proxy;
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** As undici reads NO_PROXY: names with all below them, with or without a port, or `*`. */
function isSpared(hostname: string, port: string, entry: string): boolean {
  const [, name = entry, only] = /^(.+):(\d+)$/.exec(entry) ?? [];
  const domain = name.replace(/^\*?\./, '').toLowerCase();
  const isThere = entry === '*' || hostname === domain || hostname.endsWith(`.${domain}`);
  return isThere && (only === undefined || only === port);
}
