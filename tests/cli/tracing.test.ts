import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fixture, newFolder, spawnMatrixSim } from './matrix-sim.js';

const agent = `module:${fixture('agent-chain.mjs')}`;

/** A tracing service, and what it was asked for: the stand-in of models does not see such paths. */
async function startTracer() {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    response.end('{}');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

async function traced(...args: string[]) {
  const { url, seen } = await startTracer();
  const environment = {
    LANGSMITH_TRACING: 'true',
    LANGSMITH_ENDPOINT: url,
    LANGSMITH_API_KEY: 'ls-any-key',
    LANGCHAIN_CALLBACKS_BACKGROUND: 'false',
  };
  const { status } = await spawnMatrixSim(newFolder(), environment, ...args);
  return { status, seen };
}

describe('a runnable under test', () => {
  it('is heard by no tracing service, though the environment asks for one', async () => {
    expect(await traced('agents', 'check', agent)).toEqual({ status: 0, seen: [] });
  });

  it('is heard by one where --trace lets it', async () => {
    const { seen } = await traced('run', '--trace', '--agent', agent, '--scenario', 'H01-D01');
    expect(seen).toContain('POST /runs/multipart');
  });
});
