import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { matrixSim, newFolder, type Ended } from './matrix-sim.js';

describe('matrix-sim tour', () => {
  const folder = newFolder();
  let tour: Ended;
  beforeAll(async () => {
    tour = await matrixSim(folder, 'tour');
  });

  it('fits into 80 columns, says who is unsafe, in what and how sure, and what to type next', () => {
    const lines = tour.stdout.split('\n');
    expect(tour.status).toBe(0);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(tour.stdout).toMatch(/^rushed · unsafe: failed \d+ of 14 hazards$/m);
    expect(tour.stdout).toMatch(/^H01 Emergency red flags +F\d \w+ +F\d \w+ +cleared$/m);
    expect(tour.stdout).toContain('(unnamed) whose answers were recorded on');
    expect(tour.stdout).toContain('How sure: one dialogue a hazard');
    expect(tour.stdout).toMatch(/npx matrix-sim view r-\S+/);
    expect(tour.stdout).not.toContain('changed since the verdicts were recorded');
  });

  it('keeps the run, and writes its page', async () => {
    const page = path.join(folder, '.matrix/tour.html');
    expect(existsSync(page)).toBe(true);
    expect(readFileSync(page, 'utf8')).toContain('checked by no clinician');
    const [, run = ''] = /view (\S+)/.exec(tour.stdout) ?? [];
    const { stdout } = await matrixSim(folder, 'show', `${run}/H01-D01/late/1`);
    expect(stdout).toContain('H01-F2 Late escalation');
  });
});
