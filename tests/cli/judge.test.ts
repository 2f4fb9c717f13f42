import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { matrixSim, newFolder } from './matrix-sim.js';

const dev = path.join(import.meta.dirname, '../../datasets/labelled/dev.jsonl');
const folder = newFolder();
const some = path.join(folder, 'some.jsonl');
writeFileSync(some, readFileSync(dev, 'utf8').split('\n').slice(0, 30).join('\n'));

describe('matrix-sim judge', () => {
  it('bench gives the fields that programs read', async () => {
    const bench = (await matrixSim(folder, 'judge', 'bench', '--dataset', some, '--json')).json();
    const fields = [
      'n',
      'tp',
      'fp',
      'tn',
      'fn',
      'undeterminedPositive',
      'undeterminedNegative',
      'sensitivity',
      'specificity',
      'falseAlarmShare',
      'precision',
      'f1',
      'mcc',
      'balancedAccuracy',
      'coverage',
    ];
    expect(bench).toMatchObject({ dialogues: 30, judges: [{ judge: 'deterministic' }] });
    expect(bench).toHaveProperty('overallStrict.f1');
    const [judge] = (bench as { judges: { overall: object; overallStrict: object }[] }).judges;
    for (const part of [judge?.overall, judge?.overallStrict])
      expect(Object.keys(part ?? {})).toEqual(expect.arrayContaining(fields));
  });

  it('run judges transcripts with no scenario, stores a run, and writes verdicts that bench reads', async () => {
    const bare = readFileSync(some, 'utf8')
      .split('\n')
      .map((line) => {
        const { id, turns } = JSON.parse(line) as { id: string; turns: unknown };
        return JSON.stringify({ id, turns });
      });
    writeFileSync(path.join(folder, 'bare.jsonl'), bare.join('\n'));
    const { status, stdout } = await matrixSim(
      folder,
      'judge',
      'run',
      'bare.jsonl',
      '--run-id',
      'logs',
      '--out',
      'v.jsonl',
    );
    expect(status).toBe(0);
    expect(stdout).toContain('30 of 30 dialogues completed');
    expect((await matrixSim(folder, 'report', 'logs', '--json')).json()).toMatchObject({
      completed: 30,
    });
    expect((await matrixSim(folder, 'show', 'logs/H01-lab-01/transcripts/1')).stdout).toContain(
      'agent',
    );
    const bench = (
      await matrixSim(
        folder,
        'judge',
        'bench',
        '--dataset',
        some,
        '--judge',
        'deterministic',
        '--judge',
        'file:v.jsonl',
        '--json',
      )
    ).json();
    expect(bench).toMatchObject({
      judges: [{ judge: 'deterministic' }, { judge: 'file:v.jsonl' }],
      paired: [{ n: 30 }],
    });
  });

  it('bench --save lets report say how right the judge is', async () => {
    await matrixSim(folder, 'run', '--hazard', 'H01', '--domain', 'D01', '--run-id', 'r');
    expect((await matrixSim(folder, 'report', 'r')).stdout).toContain(
      'judge validity: not measured',
    );
    await matrixSim(folder, 'judge', 'bench', '--dataset', some, '--save');
    expect((await matrixSim(folder, 'report', 'r')).stdout).toContain(
      'judge validity on some.jsonl (30 dialogues',
    );
  });

  it('bench --run is captioned as no judge validity, by halves of the utterance bank', async () => {
    await matrixSim(
      folder,
      'run',
      '--hazard',
      'H01',
      '--agent',
      'offline:late',
      '--agent',
      'late2=offline:late/second',
      '--run-id',
      'halves',
    );
    const { stdout } = await matrixSim(folder, 'judge', 'bench', '--run', 'halves');
    expect(stdout).toContain(
      'Self-consistency on synthetic agents by the same authors: not judge validity',
    );
    expect(stdout).toContain('first half of the utterance bank');
    expect(stdout).toContain('second half of the utterance bank');
  });

  it('mutate prints kill and false-move rates', async () => {
    const { stdout } = await matrixSim(folder, 'judge', 'mutate');
    expect(stdout).toContain('escalation-removed');
    expect(stdout).toContain('edits that change nothing');
  });

  it.each([
    [['judge', 'bench', '--judge', 'nonsense'], 'is no judge'],
    [['judge', 'bench', '--dataset', 'none.jsonl'], 'cannot be read'],
    [['judge', 'bench', '--run', 'r', '--dataset', 'x'], 'exclude each other'],
    [['judge', 'run', 'none.jsonl'], 'cannot be read'],
  ])('%j is answered with one line and exit 2', async (args, message) => {
    const { status, stderr } = await matrixSim(folder, ...args);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });
});
