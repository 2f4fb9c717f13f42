import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startServer } from '../tools/model-server/start-server.js';
import { envOf } from './hosted-run.js';
import { newFolder, runMatrixSim } from './matrix-sim.js';

async function simulated() {
  const server = await startServer({ batchPolls: 2 });
  const folder = newFolder();
  const command = (...args: string[]) => runMatrixSim(folder, envOf(server), ...args);
  await command('run', '--run-id', 'r', '--agent', 'offline:careful', '--scenario', 'H01-D01');
  const pending = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.batches.json'),
    );
  const batch = ['judge', 'run', 'r', '--judge', 'openai:judge', '--batch'];
  return { server, command, pending, batch };
}

describe('judge run --batch', () => {
  it.each([
    ['--token-budget', '1000'],
    ['--cost-budget', '5'],
  ])('refuses %s, which cannot stop what is sent', async (...budget) => {
    const { server, command, batch } = await simulated();
    const { status, stderr } = await command(...batch, ...budget);
    expect(status).toBe(2);
    expect(stderr).toContain('a budget cannot stop a batch');
    expect(stderr).toContain('without --batch');
    expect(server.count()).toBe(0);
  });

  it('passes no gate with what is only submitted', async () => {
    const { command, batch } = await simulated();
    const { status, stdout } = await command(...batch, '--fail-on', 'severity>=major');
    expect(stdout).toContain('submitted');
    expect(status).toBe(3);
  });
});

describe('runs rm', () => {
  it('takes what is pending of the run with it, and names the batch that was under way', async () => {
    const { command, pending, batch } = await simulated();
    await command(...batch);
    expect(pending()).toHaveLength(1);
    const { status, stdout } = await command('runs', 'rm', 'r');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^removed r\nbatch batch_\w+ of openai:judge was still under way/);
    expect(pending()).toEqual([]);
  });

  it('says nothing of batches where there are none', async () => {
    const { command } = await simulated();
    expect((await command('runs', 'rm', 'r')).stdout).toBe('removed r\n');
  });
});

describe('run --dry-run', () => {
  it('counts the calls of every juror that is a model', async () => {
    const { command } = await simulated();
    const { status, stdout } = await command(
      ...['run', '--dry-run', '--json', '--agent', 'offline:careful', '--scenario', 'H01-D01'],
      ...['--judge', 'openai:judge', '--judge', 'llama-guard:guard@http://127.0.0.1:1/v1'],
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ dialogues: 1, judgeCalls: 2 });
  });
});
