import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, it } from 'vitest';

const main = path.resolve(import.meta.dirname, '../../../build/tools/model-server/main.js');

it('prints its address, serves with the faults asked for, and ends with Ctrl-C', async () => {
  const args = [main, '--port', '0', '--fault', 'rate=1', '--retry-after', '9', '--seed', '1'];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [printed] = (await once(server.stdout, 'data')) as [Buffer];
  expect(printed.toString()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/);
  const url = `${printed.toString().trim()}/bot/full`;
  const response = await fetch(url, { method: 'POST', body: '{"messages":[]}' });
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '9']);
  server.kill('SIGINT');
  expect(await once(server, 'exit')).toEqual([0, null]);
});

it.each([
  [['--fault', 'sometimes=0.1'], 'Give one of rate, storm'],
  [['--fault', 'rate=2'], 'exceed 1 together'],
  [['--port', 'here'], 'Give a whole number.'],
  [['--port', '99999'], 'Give 0 to 65535.'],
])('refuses %j', (args, reason) => {
  const { status, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([2, expect.stringContaining(reason)]);
});

it('shows in its help how to point a run at it', () => {
  const { status, stdout } = spawnSync(process.execPath, [main, '--help'], { encoding: 'utf8' });
  expect(status).toBe(0);
  expect(stdout).toContain('OPENAI_BASE_URL=http://127.0.0.1:8089/v1 OPENAI_API_KEY=any');
  expect(stdout).toContain('GOOGLE_BASE_URL=http://127.0.0.1:8089 GOOGLE_API_KEY=any');
});
