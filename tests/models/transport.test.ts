import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { transport } from '../../src/models/transport.js';
import { failureOf } from './model-fixtures.js';

let server: Server | undefined;
afterEach(async () => {
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

  it('ends with its signal', async () => {
    const abort = new AbortController();
    const url = await serve(() => abort.abort(new Error('enough')));
    expect(await failureOf(transport(url, { signal: abort.signal }))).toMatchObject({
      message: 'enough',
    });
  });
});
