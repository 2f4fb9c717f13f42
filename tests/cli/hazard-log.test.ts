import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { matrixSim, newFolder } from './matrix-sim.js';

const folder = newFolder();
const make = (id: string, ...agents: string[]) =>
  matrixSim(
    folder,
    'run',
    '--run-id',
    id,
    '--hazard',
    'H04',
    '--domain',
    'D01',
    ...agents.flatMap((agent) => ['--agent', agent]),
  );

beforeAll(async () => {
  await make('two', 'offline:rushed', 'offline:careful');
  await make('one', 'offline:careful');
}, 60_000);

describe('hazard-log', () => {
  it('asks which agent where a run has several', async () => {
    const { status, stderr } = await matrixSim(folder, 'hazard-log', 'two', '--out', 'log.md');
    expect([status, stderr]).toEqual([2, expect.stringContaining('--agent: rushed, careful')]);
    expect(existsSync(path.join(folder, 'log.md'))).toBe(false);
  });

  it('writes initial figures of one run and residual ones of another, once', async () => {
    const asked = ['hazard-log', 'two', '--agent', 'rushed', '--residual-run', 'one'];
    const made = await matrixSim(folder, ...asked, '--out', 'log.md');
    expect([made.status, made.stdout]).toEqual([0, expect.stringContaining('wrote log.md')]);
    const text = readFileSync(path.join(folder, 'log.md'), 'utf8');
    expect(text).toMatch(/Initial: agent \| rushed/);
    expect(text).toMatch(/Residual: agent \| careful/);
    const again = await matrixSim(folder, ...asked, '--out', 'log.md');
    expect([again.status, again.stderr]).toEqual([2, expect.stringContaining('--force')]);
  });

  it('links each dialogue by the hash that its store has', async () => {
    await matrixSim(folder, 'hazard-log', 'one', '--out', 'log.csv');
    const evidence = readFileSync(path.join(folder, 'log.evidence.csv'), 'utf8').split('\r\n');
    const row = evidence.find((line) => line.includes('H04-D01/careful/1'));
    expect(row).toMatch(/,[0-9a-f]{64},[0-9a-f]{64}$/);
  });

  it('is outlined as a safety case', async () => {
    const { status, stdout } = await matrixSim(folder, 'safety-case', 'one');
    expect([status, stdout]).toEqual([0, expect.stringContaining('G1 Goal [undeveloped]')]);
  });

  it('has risk cards beside it, with samples of a run', async () => {
    const { status, json } = await matrixSim(folder, 'taxonomy', 'export', '--run', 'two');
    const cards = json() as { cards: { samples: unknown[] }[] };
    expect(status).toBe(0);
    expect(cards.cards.some(({ samples }) => samples.length > 0)).toBe(true);
  });
});
