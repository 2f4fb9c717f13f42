import { MatrixError } from '../../errors.js';
import { hideField, readSecret } from '../../secrets.js';
import type { HttpAgentSpec } from './http-agent-spec.js';
import type { HttpCall } from './http-call.js';
import { fillText } from './request-template.js';

/**
 * Fills a spec's URL and headers from the environment, once; what it makes fills in the session.
 * @throws MatrixError where a variable is not set, or the URL is none
 */
export function endpointOf(
  spec: Pick<HttpAgentSpec, 'url' | 'method' | 'headers' | 'request' | 'reply'>,
  file: string,
): (session: string, body: unknown) => HttpCall {
  const url = fillFromEnvironment(spec.url, `${file}, url`);
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    throw new MatrixError(`${file}, url: "${spec.url}" is no address`, {
      mend: 'Write it whole: https://bot.example/chat.',
    });
  }
  const headers = Object.entries(spec.headers).map(
    ([name, value]) => [name, fillFromEnvironment(value, `${file}, headers.${name}`)] as const,
  );
  hideWritten(url, headers, spec.request);
  return (session, body) => ({
    method: spec.method,
    url: fillText(url, { session }),
    shownUrl: shownUrl(spec.url),
    headers: Object.fromEntries(
      headers
        .map(([name, value]) => [name, fillText(value, { session })] as const)
        // A session that is not issued yet.
        .filter(([, value]) => value !== ''),
    ),
    body,
    streams: spec.reply.stream === 'sse',
  });
}

/** As the file has it, so without values of the environment, and without the query. */
export function shownUrl(url: string): string {
  return url.replace(/\?.*$/s, '');
}

/** A key may stand in the file itself: in the address, a header or the request. */
function hideWritten(
  url: string,
  headers: readonly (readonly [name: string, value: string])[],
  request: unknown,
): void {
  const { username, password, searchParams } = new URL(url);
  const written = [...headers, ...searchParams, ...fieldsOf(request)];
  for (const [name, value] of written) if (!value.includes('{{')) hideField(name, value);
  for (const value of [username, password]) hideField('password', decodeURIComponent(value));
}

function fieldsOf(part: unknown): (readonly [name: string, value: string])[] {
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string' ? [[name, value] as const] : fieldsOf(value),
  );
}

function fillFromEnvironment(text: string, place: string): string {
  return text.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = readSecret(name);
    if (value !== undefined) return value;
    throw new MatrixError(`${place} needs ${name}, which is not set`, {
      mend: `Set it: export ${name}=…`,
    });
  });
}
