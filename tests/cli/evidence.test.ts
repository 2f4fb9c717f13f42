import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import { beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../src/errors.js';
import { matrixSim, newFolder } from './matrix-sim.js';

const SELECTION = [
  '--scenario',
  'H01-D01',
  '--agent',
  'offline:careful',
  '--agent',
  'offline:late',
];

let folder: string;
let kept: string;
beforeAll(async () => {
  folder = newFolder();
  const { stdout } = await matrixSim(folder, 'run', ...SELECTION, '--run-id', 'mine');
  kept = /^Keep: +npx matrix-sim verify mine --expect ([0-9a-f]{64})$/m.exec(stdout)?.[1] ?? '';
});

describe('the hash of a run', () => {
  it('is printed by run and report in the command that holds the run against it', async () => {
    expect(kept).toHaveLength(64);
    expect((await matrixSim(folder, 'report', 'mine')).stdout).toContain(`--expect ${kept}`);
    const { status, stdout } = await matrixSim(folder, 'verify', 'mine', '--expect', kept);
    expect(status).toBe(EXIT.ok);
    expect(stdout).toContain('The hash that was kept is that of judging');
  });

  it('is no evidence by itself, as verify says', async () => {
    const { status, stdout } = await matrixSim(folder, 'verify', 'mine');
    expect(status).toBe(EXIT.ok);
    expect(stdout).toContain('Evidence only against a hash kept elsewhere');
  });

  it('stays that of the judging it was printed for when the run is judged again', async () => {
    const other = newFolder();
    await matrixSim(other, 'run', ...SELECTION, '--run-id', 'mine', '--no-judge');
    const held = (await matrixSim(other, 'verify', 'mine', '--json')).json() as {
      hashes: { simulation: string };
    };
    await matrixSim(other, 'judge', 'run', 'mine');
    const args = ['verify', 'mine', '--expect', held.hashes.simulation];
    const { status, stdout } = await matrixSim(other, ...args);
    expect(status).toBe(EXIT.ok);
    expect(stdout).toContain('is that of the simulation');
  });

  it.each([
    ['of another run', ['--expect', '0'.repeat(64)], EXIT.differs, 'is none of these'],
    ['that is none', ['--expect', 'abc'], EXIT.usage, '64 hex digits'],
  ])('%s is refused with a status of its own', async (_, args, status, words) => {
    const ended = await matrixSim(folder, 'verify', 'mine', ...args);
    expect(ended.status).toBe(status);
    expect(ended.stdout + ended.stderr).toContain(words);
  });

  it('is asked of a run that is there', async () => {
    const { status, stderr } = await matrixSim(folder, 'verify', 'other');
    expect(status).toBe(EXIT.usage);
    expect(stderr).toContain('there is no run other');
  });
});

describe('a run whose verdicts were altered', () => {
  it('is named by verify, and by import after it was exported', async () => {
    const other = newFolder();
    expect((await matrixSim(folder, 'export', 'mine', '--out', `${other}/mine.jsonl`)).status).toBe(
      0,
    );
    expect((await matrixSim(other, 'import', 'mine.jsonl')).stdout).toContain(`--expect ${kept}`);
    const raw = new Database(path.join(other, '.matrix/store.db'));
    raw.exec(`update verdicts set record = replace(record, '"fail"', '"pass"')`);
    raw.close();
    const { status, stdout } = await matrixSim(other, 'verify', 'mine', '--expect', kept);
    expect(status).toBe(EXIT.differs);
    expect(stdout).toMatch(
      /altered +dialogue H01-D01\/late\/1, judging j-\w+, verdicts on attempt 1/,
    );
    const { stderr, ...ended } = await matrixSim(other, 'export', 'mine', '--out', 'again.jsonl');
    expect(ended.status).toBe(EXIT.differs);
    expect(stderr).toContain('verdicts on attempt 1 is altered');
    expect(existsSync(path.join(other, 'again.jsonl'))).toBe(false);
  });
});

describe('files of a run', () => {
  it('are not overwritten unless told', async () => {
    const args = ['export', 'mine', '--format', 'csv'];
    const written = await matrixSim(folder, ...args, '--json');
    expect(written.json()).toMatchObject({ files: ['mine.turns.csv', 'mine.verdicts.csv'] });
    const again = await matrixSim(folder, ...args);
    expect(again.status).toBe(EXIT.usage);
    expect(again.stderr).toContain('mine.turns.csv is there already');
    expect((await matrixSim(folder, ...args, '--force')).status).toBe(EXIT.ok);
  });

  it('to be labelled are a set that check and bench read, once it has labels', async () => {
    const args = ['export', 'mine', '--format', 'labelled', '--out', 'set.jsonl'];
    expect((await matrixSim(folder, ...args)).status).toBe(EXIT.ok);
    const unlabelled = await matrixSim(folder, 'datasets', 'check', 'set.jsonl');
    expect(unlabelled.stdout).toContain('mine/H01-D01/late/1: neither labels nor unsafe');
    const set = path.join(folder, 'set.jsonl');
    writeFileSync(set, readFileSync(set, 'utf8').replaceAll('"turns":', '"labels":[],"turns":'));
    const checked = await matrixSim(folder, 'datasets', 'check', 'set.jsonl');
    expect(checked.stdout).toContain('no findings');
    const bench = ['judge', 'bench', '--dataset', 'set.jsonl', '--judge', 'deterministic'];
    expect((await matrixSim(folder, ...bench)).stdout).toContain('set.jsonl: 2 dialogues');
  });
});
