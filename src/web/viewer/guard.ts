import { timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

/** Secrets of one viewer, which die with it. */
export interface ViewerKeys {
  /** In the address that is printed, then in a cookie: without it no page is given. */
  readonly token: string;
  /** In every form: without it nothing is changed. */
  readonly form: string;
}

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Not no-referrer: a form would then be sent with the origin "null".
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** Of a form: a label is far shorter. */
const MOST_BYTES = 100_000;

/**
 * Lets through who has the token, from this machine's own pages: a name that somebody points at this
 * machine has another Host, and a page from elsewhere another Origin.
 * @param portOf the port that is listened on, once it is known
 */
export function guard({ token }: ViewerKeys, portOf: () => number): MiddlewareHandler {
  return async (context, next) => {
    for (const [name, value] of Object.entries(HEADERS)) context.header(name, value);
    const { method } = context.req;
    const host = context.req.header('host') ?? '';
    if (![`127.0.0.1:${portOf()}`, `localhost:${portOf()}`].includes(host)) {
      return context.text('This address is not the viewer’s.', 403);
    }
    const origin = context.req.header('origin');
    const isOwn = origin === undefined ? method !== 'POST' : origin === `http://${host}`;
    if (!isOwn) return context.text('Another page asked for this.', 403);
    if (!['GET', 'HEAD', 'POST'].includes(method)) return context.text('Not allowed.', 405);
    const length = Number(context.req.header('content-length'));
    if (method === 'POST' && !(length <= MOST_BYTES)) return context.text('That is too long.', 413);
    const cookie = `matrix-sim-${portOf()}`;
    const given = context.req.query('t');
    if (method === 'GET' && given !== undefined && isSame(given, token)) {
      setCookie(context, cookie, token, { httpOnly: true, sameSite: 'Strict', path: '/' });
      return context.redirect(context.req.path, 303);
    }
    if (!isSame(getCookie(context, cookie) ?? '', token)) {
      return context.text('Open the whole address that matrix-sim view printed.', 401);
    }
    await next();
    return undefined;
  };
}

export function isSame(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
