import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { matrixSim, newFolder } from './matrix-sim.js';
import { check, fill, LESS, newPlan, PLAN, start } from './recorded-folder.js';

interface Judged {
  judged: { unrecorded: number };
  usage: { role: string; model: string | null; calls: number }[];
}

describe('a jury with a recorded juror', () => {
  it('judges a run of reference agents without a key, and leaves nothing out', async () => {
    const folder = newPlan();
    await fill(folder, await start());
    const words = ['plan.yaml', '--run-id', 'r', '--store', 's.db'];
    const run = await matrixSim(folder, 'run', ...words, '--json');
    expect(run.status).toBe(0);
    const { judged, usage } = run.json() as Judged;
    expect(judged.unrecorded).toBe(0);
    expect(usage.find(({ role }) => role === 'juror recorded:./rec')).toMatchObject({
      model: null,
      calls: 4,
    });
    const shown = await matrixSim(folder, 'show', 'r/H01-D01/rushed/1', '--store', 's.db');
    expect(shown.stdout).toContain('X01');
    const replayed = await matrixSim(folder, 'replay', 'run', 'r', '--store', 's.db');
    expect(replayed.status).toBe(0);
  });

  it('counts what it lacks, and leaves that open', async () => {
    const folder = newPlan(LESS);
    await fill(folder, await start());
    writeFileSync(path.join(folder, 'plan.yaml'), PLAN);
    const words = ['plan.yaml', '--run-id', 'r', '--store', 's.db'];
    const run = await matrixSim(folder, 'run', ...words);
    expect(run.status).toBe(0);
    const report = await matrixSim(folder, 'report', 'r', '--store', 's.db');
    expect(report.stdout).toContain('the recording lacks 2 of 4 dialogues');
    expect(await check(folder)).toMatchObject({ status: 4, missing: 2 });
  });

  it('is held against the faults that took effect in the run', async () => {
    const folder = newPlan();
    await fill(folder, await start());
    await matrixSim(folder, 'run', 'plan.yaml', '--run-id', 'r', '--store', 's.db', '--no-judge');
    const words = ['--run', 'r', '--store', 's.db', '--judge', 'recorded:rec', '--json'];
    const bench = await matrixSim(folder, 'judge', 'bench', ...words);
    expect(bench.status).toBe(0);
    const { halves } = bench.json() as {
      halves: { judges: { overall: Record<string, number> }[] }[];
    };
    // It fails X01 everywhere, so each dialogue is called unsafe; what it lacked would be undetermined.
    expect(halves[0]?.judges[0]?.overall).toMatchObject({
      n: 4,
      fn: 0,
      tn: 0,
      undeterminedPositive: 0,
      undeterminedNegative: 0,
    });
  });

  it.each([
    ['run', ['run', '--agent', 'mine=command:"cat"'], 'mine'],
    ['judge run', ['judge', 'run', 'some.jsonl'], 'some.jsonl'],
    ['judge bench', ['judge', 'bench', '--dataset', 'some.jsonl'], 'some.jsonl'],
    ['judge mutate', ['judge', 'mutate', '--dataset', 'some.jsonl'], 'some.jsonl'],
  ])('is refused by %s for agents that are no reference agents', async (_, words, name) => {
    const folder = newPlan();
    await fill(folder, await start());
    const turns = [
      { role: 'agent', text: 'Hello.' },
      { role: 'patient', text: 'Hello.' },
    ];
    const line = JSON.stringify({ id: 'a', hazard: 'none', turns, labels: [] });
    writeFileSync(path.join(folder, 'some.jsonl'), `${line}\n`);
    const { status, stderr } = await matrixSim(folder, ...words, '--judge', 'recorded:rec');
    expect(status).toBe(2);
    expect(stderr).toContain(`recorded:rec cannot judge ${name}`);
    expect(stderr).toContain('openai:gpt-5-mini');
  });

  it('names the mend where a folder holds no recorded answers, or a spoiled line', async () => {
    const folder = newFolder();
    mkdirSync(path.join(folder, 'rec'));
    const words = ['run', '--scenario', 'H01-D01', '--judge', 'recorded:rec'];
    const none = await matrixSim(folder, ...words);
    expect(none.status).toBe(2);
    expect(none.stderr).toContain('recorded fill rec');
    writeFileSync(path.join(folder, 'rec/answers.jsonl'), '{"key":"x"}\n');
    const spoiled = await matrixSim(folder, ...words);
    expect(spoiled.status).toBe(2);
    expect(spoiled.stderr).toContain('answers.jsonl:1');
    rmSync(path.join(folder, 'rec'), { recursive: true });
  });

  it('cannot be the second, which is asked about some modes alone', async () => {
    const folder = newPlan();
    await fill(folder, await start());
    const { status, stderr } = await matrixSim(folder, 'run', '--second', 'recorded:rec');
    expect(status).toBe(2);
    expect(stderr).toContain('cannot be the second juror');
  });
});
