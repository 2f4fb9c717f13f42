import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { proxyFor } from '../../src/models/dispatcher.js';
import { transport } from '../../src/models/transport.js';
import { failureOf } from './model-fixtures.js';

let server: Server | undefined;
afterEach(async () => {
  vi.unstubAllEnvs();
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
});

async function serve(
  handle: (request: IncomingMessage, body: string, response: ServerResponse) => void,
): Promise<string> {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => handle(request, body, response));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/there?q=1`;
}

describe('transport', () => {
  it('sends method, path, headers and text, and gives back all of the answer', async () => {
    const url = await serve(({ method, url: path, headers }, body, response) => {
      response.writeHead(418, { 'x-two': ['a', 'b'] });
      response.end(`${method} ${path} ${String(headers['x-one'])} ${body} é`);
    });
    const answer = await transport(url, {
      method: 'POST',
      headers: { 'X-One': '1' },
      body: 'text',
    });
    expect([answer.status, answer.ok, answer.headers.get('x-two')]).toEqual([418, false, 'a, b']);
    expect(await answer.text()).toBe('POST /there?q=1 1 text é');
  });

  it('gets where nothing else is said, and takes an answer that may have no body', async () => {
    const url = await serve(({ method }, _body, response) => {
      response.writeHead(method === 'GET' ? 204 : 500).end();
    });
    expect((await transport(url)).status).toBe(204);
  });

  it('leaves uploads to the built-in fetch', async () => {
    const url = await serve(({ headers }, body, response) => {
      response.end(`${headers['content-type']}\n${body}`);
    });
    const form = new FormData();
    form.set('purpose', 'batch');
    const answer = await transport(url, { method: 'POST', body: form });
    expect(await answer.text()).toMatch(/^multipart\/form-data.*name="purpose"\r\n\r\nbatch/s);
  });

  it('fails where the answer breaks off', async () => {
    const url = await serve((_request, _body, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half', () => response.destroy());
    });
    expect(await failureOf(transport(url))).toBeInstanceOf(Error);
  });

  it.each([
    ['text', 'a body'],
    ['an upload', new FormData()],
  ])('follows no redirect with %s', async (_, body) => {
    const seen: string[] = [];
    const url = await serve(({ url: path = '' }, _body, response) => {
      seen.push(path);
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect((await transport(url, { method: 'POST', body })).status).toBe(307);
    expect(seen).toEqual(['/there?q=1']);
  });

  it.each([
    ['text', 'a body'],
    ['an upload', new FormData()],
  ])('reads no answer to %s without end', async (_, body) => {
    const url = await serve((_request, _body, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(1_000_000)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    const read = transport(url, { method: 'POST', body }).then((answer) => answer.text());
    expect(await failureOf(read)).toBeInstanceOf(Error);
  });

  it('goes through the proxy that the environment names, but never to this machine', async () => {
    const url = await serve((_request, _body, response) => void response.end('from the bot'));
    const asked: string[] = [];
    server?.on('connect', ({ url: target = '' }, socket) => {
      asked.push(target);
      const onward = connect((server?.address() as AddressInfo).port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
    });
    vi.stubEnv('HTTP_PROXY', new URL(url).origin);
    vi.stubEnv('NO_PROXY', 'spared.test');
    expect(await (await transport('http://bot.test/chat')).text()).toBe('from the bot');
    expect(await (await transport(url)).text()).toBe('from the bot');
    expect(asked).toEqual(['bot.test:80']);
    expect(proxyFor('http://a.spared.test/')).toBeUndefined();
    expect(proxyFor('https://bot.test/')).toBe(new URL(url).origin);
  });

  it('ends with its signal', async () => {
    const abort = new AbortController();
    const url = await serve(() => abort.abort(new Error('enough')));
    expect(await failureOf(transport(url, { signal: abort.signal }))).toMatchObject({
      message: 'enough',
    });
  });
});
