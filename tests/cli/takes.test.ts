import { describe, expect, it } from 'vitest';
import type { Call } from '../../src/calls/call.js';
import { startServer } from '../tools/model-server/start-server.js';
import { envOf, run } from './hosted-run.js';
import { runMatrixSim } from './matrix-sim.js';
import { judgeThat } from './scripted-judge.js';

describe('show --calls', () => {
  it('shows how a dialogue was held and how it was judged later', async () => {
    const server = await startServer({
      answer: (seen) => (seen.model === 'judge' ? judgeThat(() => undefined)(seen) : undefined),
    });
    const { folder } = await run(server, '--agent', 'openai:m', '--scenario', 'H01-D01');
    const show = (...flags: string[]) =>
      runMatrixSim(folder, {}, 'show', 'r/H01-D01/m/1', '--calls', ...flags);
    expect((await show()).stdout).not.toMatch(/^take/m);

    const again = ['judge', 'run', 'r', '--judge', 'openai:judge'];
    expect((await runMatrixSim(folder, envOf(server), ...again)).status).toBe(0);
    const { stdout } = await show();
    expect(stdout).toMatch(/^judging j-\w+\n\njuror openai:judge 1 · /m);
    expect(stdout).toMatch(/^take 1\n\nagent 1 · openai:m · /m);

    const calls = (await show('--json')).json() as (Call & { take?: number; judging?: string })[];
    const sittingsOf = (role: string) => {
      const own = calls.filter((call) => call.role.startsWith(role));
      return [...new Set(own.map(({ take, judging }) => take ?? judging))];
    };
    expect(sittingsOf('agent')).toEqual([1]);
    expect(sittingsOf('juror')).toEqual([expect.stringMatching(/^j-/)]);
  });
});
