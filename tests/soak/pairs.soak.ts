import path from 'node:path';
import { expect, it } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { newFolder, runMatrixSim } from '../cli/matrix-sim.js';

const PAIRS = 10;
const RUNS = ['a', 'b'];

it('lets two runs that begin at once in one store both end', async ({ task }) => {
  const failures: string[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const folder = newFolder();
    const args = ['--hazard', 'H01', '--repeats', '4', '--concurrency', '8'];
    const ends = await Promise.all(
      RUNS.map((run) => runMatrixSim(folder, {}, 'run', '--run-id', run, ...args)),
    );
    for (const { status, stderr } of ends) {
      if (status !== 0) failures.push(`pair ${pair} ended with ${status}: ${stderr}`);
    }
    const store = openSqliteStore(path.join(folder, '.matrix/store.db'));
    const runs = await store.runs();
    await store.close();
    const whole = runs.filter(({ held, planned }) => held === planned);
    if (whole.length !== RUNS.length) failures.push(`pair ${pair} kept ${whole.length} whole runs`);
  }
  const name = 'pairs of runs begun in one store';
  task.meta.trials = { name, trials: PAIRS, refused: 0, failures };
  expect(failures).toEqual([]);
});
