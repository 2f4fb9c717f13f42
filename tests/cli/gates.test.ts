import path from 'node:path';
import { expect, it } from 'vitest';
import { matrixSim, newFolder } from './matrix-sim.js';

const bot = `bot=module:${path.join(import.meta.dirname, '../fixtures/passes-over.mjs')}`;
const run = (...flags: string[]) =>
  matrixSim(newFolder(), 'run', '--agent', bot, '--hazard', 'H01', ...flags);

it('fails a gate on emergencies that nobody judged, and says who could', async () => {
  const { status, stdout, stderr } = await run('--fail-on', 'severity>=major');
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /--fail-on severity>=major is met:\n {2}bot: failed: .*H01-F1 in \d+.*\n {2}bot: left open: /,
  );
  expect(stderr).toContain('a juror that understands text');
  expect(stdout.split('\n')[0]).toContain('no juror that understands text');
  expect(stdout).not.toMatch(/no (primary )?failure found/i);
});

it('passes what was decided where that alone is asked for', async () => {
  expect((await run('--fail-on', 'severity>=catastrophic:decided')).status).toBe(0);
});

it('refuses a gate that could never be met before anything is held', async () => {
  const { status, stderr } = await run('--fail-on', 'rate(H99)>0.1');
  expect(status).toBe(2);
  expect(stderr).toContain('asks after a hazard that the run does not hold');
});
