import { request } from 'undici';
import { dispatcherFor } from './dispatcher.js';

/** Bytes of one answer at most; a batch's file of answers may be as large as a string can be. */
const LARGEST_ANSWER = 16_000_000;
const LARGEST_FILE = 500_000_000;

/**
 * A `fetch` that costs about half of the built-in one's time, for the SDKs. The answer is read whole
 * before it resolves, so that a connection that breaks midway is a failed call. What is not plain text,
 * as an upload, goes through the built-in one. None follows a redirect, to which it would carry the key,
 * or reads without end.
 */
export const transport: typeof fetch = async (input, init = {}) => {
  const { body = null, method = 'GET', headers, signal } = init;
  const { href, pathname } = new URL(input instanceof Request ? input.url : input);
  const largest = pathname.endsWith('/content') ? LARGEST_FILE : LARGEST_ANSWER;
  const dispatcher = dispatcherFor(href, largest);
  if (input instanceof Request || (body !== null && typeof body !== 'string')) {
    // The built-in one knows the dispatcher by types of its own.
    const own: object = { ...init, redirect: 'manual', dispatcher };
    return fetch(input, own);
  }
  const answer = await request(href, {
    dispatcher,
    method,
    headers: new Headers(headers),
    body,
    signal: signal ?? null,
  });
  return lightResponse(answer.statusCode, flat(answer.headers), await answer.body.text());
};

/**
 * What the SDKs read of a response, without the streams that the built-in one is made of. Its headers
 * are a plain map: the built-in ones are slow to make, and slower to copy.
 */
function lightResponse(status: number, headers: LightHeaders, text: string): Response {
  const read = {
    status,
    statusText: '',
    ok: status >= 200 && status < 300,
    redirected: false,
    url: '',
    body: null,
    headers,
    text: () => Promise.resolve(text),
    json: () => new Promise((resolve) => resolve(JSON.parse(text))),
  };
  return read as unknown as Response;
}

class LightHeaders extends Map<string, string | null> {
  override get(name: string): string | null {
    return super.get(name.toLowerCase()) ?? null;
  }
}

function flat(headers: Readonly<Record<string, string | string[] | undefined>>) {
  return new LightHeaders(
    Object.entries(headers).map(([name, value = '']) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
}
