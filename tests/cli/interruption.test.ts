import { describe, expect, it } from 'vitest';
import { held, stored, unfinished, waitFor, waitingRun } from './killed-runs.js';
import { ended, matrixSim, newFolder, startMatrixSim } from './matrix-sim.js';

const REPEATS = 3;
const PLANNED = 13 * REPEATS;
const args = waitingRun(REPEATS);
/** Milliseconds that no test outlives. */
const FOREVER = '3600000';

describe('a run that is being worked on', () => {
  it('cannot be resumed or removed a second time at once, and can once its process is dead', async () => {
    const folder = newFolder();
    const child = startMatrixSim(folder, { WAIT_MS: FOREVER }, ...args);
    await waitFor(async () => unfinished(await stored(folder)) > 0);
    for (const second of [
      ['run', '--resume', 'r'],
      ['runs', 'rm', 'r'],
    ]) {
      const { status, stderr } = await matrixSim(folder, ...second);
      expect(status).toBe(2);
      expect(stderr).toContain('being worked on by another process');
    }
    const exit = ended(child);
    child.kill('SIGKILL');
    await exit;
    expect((await matrixSim(folder, 'runs', 'rm', 'r')).status).toBe(0);
    expect((await matrixSim(folder, 'runs')).stdout).not.toContain('careful');
  });
});

describe('Ctrl-C', () => {
  it('ends what is in flight when given twice, exits with 130 and can be resumed', async () => {
    const folder = newFolder();
    const child = startMatrixSim(folder, { WAIT_MS: FOREVER }, ...args);
    let told = '';
    child.stderr?.on('data', (text: Buffer) => (told += text.toString()));
    await waitFor(async () => (await stored(folder)).length > 0);
    const exit = ended(child);
    child.kill('SIGINT');
    await waitFor(() => told.includes('Ctrl-C again to stop at once'));
    child.kill('SIGINT');
    expect(await exit).toBe(130);
    expect(told).toContain('npx matrix-sim run --resume r');
    expect(held(await stored(folder))).toBe(0);
    expect((await matrixSim(folder, 'run', '--resume', 'r')).status).toBe(0);
  });

  it('finishes and stores what is in flight, exits with 130 and can be resumed', async () => {
    const folder = newFolder();
    const child = startMatrixSim(folder, { WAIT_MS: '60' }, ...args);
    await waitFor(async () => (await stored(folder)).length > 0);
    const exit = ended(child);
    child.kill('SIGINT');
    expect(await exit).toBe(130);
    const left = await stored(folder);
    expect(left.every(({ attempt }) => attempt?.standing === 'valid')).toBe(true);
    expect(left.length).toBeLessThan(PLANNED);
    expect((await matrixSim(folder, 'run', '--resume', 'r')).status).toBe(0);
    expect(await stored(folder)).toHaveLength(PLANNED);
  });
});
