import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import OpenAI, { APIError } from 'openai';
import { VERSION } from 'openai/version';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transport } from '../../src/models/transport.js';

/**
 * What each version of the SDK was seen to read of a response and of its headers. A version that is
 * missing here was not tried: run this test, look at what it reads anew, then add its line.
 */
const READS: Readonly<Record<string, { response: string[]; headers: string[] }>> = {
  '6.49.0': {
    response: ['headers', 'json', 'ok', 'status', 'text', 'url'],
    headers: ['entries', 'get'],
  },
};

const json = { 'content-type': 'application/json' };
/** What a server may answer, by path. */
const ANSWERS: Readonly<Record<string, [number, Record<string, string>, string]>> = {
  '/v1/ok/chat/completions': [200, { ...json, 'x-request-id': 'q-1' }, '{"choices":[]}'],
  '/v1/limited/chat/completions': [
    429,
    { ...json, 'retry-after': '2', 'x-request-id': 'q-2' },
    '{"error":{"message":"slow down","code":"limited"}}',
  ],
  '/v1/down/chat/completions': [503, { 'content-type': 'text/html' }, '<p>down</p>'],
  '/v1/empty/chat/completions': [204, {}, ''],
  '/v1/words/chat/completions': [200, { 'content-type': 'text/plain' }, 'words'],
  '/v1/blank/chat/completions': [200, { ...json, 'content-length': '0' }, ''],
  '/v1/broken/chat/completions': [200, json, '{"choices":'],
  '/v1/ok/files/f-1/content': [200, { 'content-type': 'application/jsonl' }, '{}\n{}'],
};

let server: Server;
let url = '';
beforeAll(async () => {
  server = createServer((request, response) => {
    const [status, headers, body] = ANSWERS[request.url ?? ''] ?? [404, json, '{"error":"lost"}'];
    request.resume().on('end', () => response.writeHead(status, headers).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** The same object, with the names that are read of it kept. */
function watched<T extends object>(object: T, read: Set<string>): T {
  return new Proxy(object, {
    get: (target, name) => {
      if (typeof name === 'string' && name !== 'then')
        read.add(name in target ? name : `no ${name}`);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

function clientOf(way: string, send: typeof fetch) {
  const options = { apiKey: 'sk-any', maxRetries: 0, logLevel: 'off' } as const;
  return new OpenAI({ ...options, baseURL: `${url}/${way}`, fetch: send });
}

/** What a caller of the SDK comes to know, however it ends. */
async function outcome(way: string, send: typeof fetch): Promise<unknown> {
  try {
    const completion = await clientOf(way, send).chat.completions.create({
      model: 'm',
      messages: [],
    });
    return completion instanceof Object
      ? { ...completion, id: completion._request_id }
      : completion;
  } catch (error) {
    if (!(error instanceof APIError)) return String(error);
    const { message, requestID } = error;
    const status: unknown = error.status;
    const wait = (error.headers as Headers).get('Retry-After');
    return { status, message, code: error.code, requestID, wait };
  }
}

const WAYS = ['ok', 'limited', 'down', 'empty', 'words', 'blank', 'broken', 'lost'];

describe('the transport under the OpenAI SDK', () => {
  it.each(WAYS)('lets it answer as the built-in fetch does: %s', async (way) => {
    expect(await outcome(way, transport)).toEqual(await outcome(way, fetch));
  });

  it('gives the same file', async () => {
    const textBy = async (send: typeof fetch) =>
      (await clientOf('ok', send).files.content('f-1')).text();
    expect(await textBy(transport)).toBe('{}\n{}');
    expect(await textBy(transport)).toBe(await textBy(fetch));
  });

  it('has all that this version of it reads', async () => {
    const response = new Set<string>();
    const headers = new Set<string>();
    const watching: typeof fetch = async (input, init) => {
      const answer = await transport(input, init);
      Object.assign(answer, { headers: watched(answer.headers, headers) });
      return watched(answer, response);
    };
    for (const way of WAYS) await outcome(way, watching);
    const { data } = await clientOf('ok', watching).files.content('f-1').withResponse();
    await data.text();
    expect({ response: [...response].sort(), headers: [...headers].sort() }).toEqual(
      READS[VERSION],
    );
  });
});
