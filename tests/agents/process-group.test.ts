import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { afterEach, expect, it, vi } from 'vitest';
import { groupOf } from '../../src/agents/under-test/process-group.js';

afterEach(() => {
  vi.restoreAllMocks();
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

it('ends what outlives its head', async () => {
  const child = spawn('sh', ['-c', 'sleep 600 & exit 0'], { detached: true, stdio: 'ignore' });
  const group = groupOf(child);
  await once(child, 'exit');
  const { pid = 0 } = child;
  expect(isThere(-pid)).toBe(true);
  group.end();
  await vi.waitFor(() => expect(isThere(-pid)).toBe(false), 5000);
});

it('signals nobody once all of it has ended by itself', async () => {
  const listeners = process.listenerCount('exit');
  const child = spawn('true', { detached: true, stdio: 'ignore' });
  const group = groupOf(child);
  await once(child, 'exit');
  expect(process.listenerCount('exit')).toBe(listeners);
  const kill = vi.spyOn(process, 'kill');
  group.end();
  expect(kill).not.toHaveBeenCalled();
});

it('spares a later process that was given the id of its head', async () => {
  const stranger = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
  const { pid = 0 } = stranger;
  const ended = { pid, exitCode: null as number | null, signalCode: null, stdin: null };
  const head = Object.assign(new EventEmitter(), ended, { stdout: null, stderr: null });
  const group = groupOf(head as unknown as ChildProcess);
  head.exitCode = 0;
  head.emit('exit', 0, null);
  const kill = vi.spyOn(process, 'kill');
  group.end();
  expect(kill.mock.calls.filter(([, signal]) => signal !== 0)).toEqual([]);
  kill.mockRestore();
  const gone = once(stranger, 'exit');
  stranger.kill('SIGKILL');
  await gone;
});
