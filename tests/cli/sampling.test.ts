import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { matrixSim, newFolder } from './matrix-sim.js';

describe('run --until-width', () => {
  const folder = newFolder();
  const agent = ['--agent', 'offline:late'];
  const cases = ['D01', 'D02', 'D05', 'D07'].flatMap((domain) => ['--domain', domain]);
  const plan = [...agent, ...cases, '--hazard', 'H01', '--repeats', '5', '--until-width', '0.6'];
  const files = ['--junit', 'junit.xml', '--run-id', 'early'];

  it('ends as complete, with what it saved in every form of its report', async () => {
    const { status, json } = await matrixSim(folder, 'run', ...plan, ...files, '--json');
    expect(status).toBe(0);
    const { run, completed, left, sampling } = json() as Summary;
    expect(left).toBe(0);
    expect(sampling.saved).toBeGreaterThan(0);
    expect(completed + sampling.saved).toBe(run.planned);
    const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');
    expect(read('junit.xml')).not.toContain('not held');
    const more = ['--html', 'report.html'];
    expect((await matrixSim(folder, 'report', 'early', ...more)).status).toBe(0);
    expect(read('report.html')).toContain('How far it was sampled');
    const { stdout } = await matrixSim(folder, 'report', 'early');
    expect(stdout).toMatch(/^H01 +late +\d+ +20 +\[\d+–\d+\] +narrow enough$/m);
  }, 60_000);

  it('holds nothing more when it is resumed, with the plan that it has', async () => {
    const { status, json } = await matrixSim(folder, 'run', '--resume', 'early', '--json');
    expect(status).toBe(0);
    expect((json() as Summary).left).toBe(0);
    const wider = ['run', '--resume', 'early', '--until-width', '0.9'];
    expect((await matrixSim(folder, ...wider)).stderr).toMatch(/untilWidth 0\.9 differs/);
  }, 60_000);

  it('is not left half done by what replays or logs it', async () => {
    const { stdout } = await matrixSim(folder, 'replay', 'run', 'early');
    expect(stdout).not.toContain('not finished');
    const log = ['hazard-log', 'early', '--out', 'log.md'];
    expect((await matrixSim(folder, ...log)).status).toBe(0);
    expect(readFileSync(path.join(folder, 'log.md'), 'utf8')).toContain('Stopped early');
  }, 60_000);

  it('is refused without a judge', async () => {
    const { status, stderr } = await matrixSim(folder, 'run', ...plan, '--no-judge');
    expect(status).toBe(2);
    expect(stderr).toContain('hangs on verdicts');
  });
});

interface Summary {
  readonly run: { readonly planned: number };
  readonly completed: number;
  readonly left: number;
  readonly sampling: { readonly saved: number };
}
