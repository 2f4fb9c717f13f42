import { expect, it } from 'vitest';
import type { ReplayTally } from '../../src/replay/replay-run.js';
import { matrixSim, newFolder } from '../cli/matrix-sim.js';

it('replays every dialogue of a full default run with every socket refused', async () => {
  const folder = newFolder();
  expect((await matrixSim(folder, 'run', '--run-id', 'r')).status).toBe(0);
  const { status, json } = await matrixSim(folder, 'replay', 'run', 'r', '--json');
  const { planned, simulated, judged, differing } = json() as ReplayTally;
  expect([status, differing]).toEqual([0, []]);
  expect(planned).toBeGreaterThan(500);
  expect([simulated, judged]).toEqual([planned, planned]);
});
