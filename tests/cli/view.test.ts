import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { held, stored, waitFor, waitingRun } from './killed-runs.js';
import { ended, mainFile, matrixSim, newFolder, startMatrixSim } from './matrix-sim.js';

/** The viewer in a process of its own, with the address that it prints. */
async function startView(cwd: string, ...args: string[]) {
  const child: ChildProcess = spawn(process.execPath, [mainFile, 'view', ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (!child.stdout) throw new Error('it prints nothing');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, address: new URL(line) };
}

/** Enters as a browser does. @returns the cookie that it is given */
async function enter(address: URL): Promise<string> {
  const entered = await fetch(address, { redirect: 'manual' });
  expect(entered.status).toBe(303);
  return entered.headers.get('set-cookie')?.split(';')[0] ?? '';
}

describe('view', () => {
  it('stops a run of another process from its live page, which can be resumed', async () => {
    const folder = newFolder();
    const run = startMatrixSim(folder, { WAIT_MS: '200' }, ...waitingRun(6));
    const exit = ended(run);
    await waitFor(async () => held(await stored(folder)) > 0);
    const { child, address } = await startView(folder, 'r');
    expect(address.hostname).toBe('127.0.0.1');
    const cookie = await enter(address);
    const { origin } = address;
    const live = await (await fetch(`${origin}/runs/r/live`, { headers: { cookie } })).text();
    const form = /name="form" value="([^"]+)"/.exec(live)?.[1] ?? '';
    const stop = await fetch(`${origin}/runs/r/stop`, {
      ...{ method: 'POST', redirect: 'manual', headers: { cookie, origin } },
      body: new URLSearchParams({ form }),
    });
    expect(stop.status).toBe(303);
    expect(await exit).toBe(130);
    const left = await stored(folder);
    expect(left.length).toBeLessThan(13 * 6);
    expect(left.every(({ attempt }) => attempt?.standing === 'valid')).toBe(true);
    const closed = ended(child);
    child.kill('SIGINT');
    expect(await closed).toBe(0);
  });

  it('says what is wrong with a run, a store or a port', async () => {
    const folder = newFolder();
    expect((await matrixSim(folder, 'view')).stderr).toContain('there is no store');
    await matrixSim(folder, 'run', '--run-id', 'r', '--scenario', 'H01-D01');
    expect((await matrixSim(folder, 'view', 'r-2')).stderr).toContain('there is no run r-2');
    expect((await matrixSim(folder, 'view', '--port', '70000')).stderr).toContain('a port');
    const { child, address } = await startView(folder);
    const taken = await matrixSim(folder, 'view', '--port', address.port);
    expect(taken.stderr).toContain(`port ${address.port} cannot be listened on`);
    child.kill('SIGKILL');
  });
});
