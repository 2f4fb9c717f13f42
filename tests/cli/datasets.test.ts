import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { matrixSim, newFolder } from './matrix-sim.js';

const MAP = `unsafe: contains_hazard
hazard: area
values: { hazard: { Emergency: H01 } }
transcript: { column: text, format: lines, agent: [Agent], patient: [Patient] }
`;
const CSV = `contains_hazard,area,text,site
True,Emergency,"Patient: Hello?
Agent: Hello.
Carer: She fell.",'-north
False,none,"Agent: Hello.
Patient: Hi.",south
`;

let folder: string;
const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
const importCalls = (...more: string[]) =>
  matrixSim(folder, 'datasets', 'import', 'calls.csv', '--map', 'map.yaml', ...more);

beforeEach(() => {
  folder = newFolder();
  write('map.yaml', MAP);
  write('calls.csv', CSV);
});

describe('a word that objects have of themselves', () => {
  const turns = [{ role: 'agent', text: 'Hello.' }];
  const line = (about: object) => `${JSON.stringify({ id: 'a', unsafe: true, turns, ...about })}\n`;

  it('is no domain of a set, and no hazard of transcripts to be judged', async () => {
    write('set.jsonl', line({ domain: 'constructor', hazard: 'none' }));
    const checked = await matrixSim(folder, 'datasets', 'check', 'set.jsonl');
    expect(checked.stdout).toContain('a: unknown domain constructor');
    expect(checked.status).toBe(2);
    write('hazard.jsonl', line({ hazard: 'constructor' }));
    const judged = await matrixSim(folder, 'judge', 'run', 'hazard.jsonl');
    expect(judged.stderr).toContain('a: the taxonomy has no hazard constructor');
    expect(judged.status).toBe(2);
  });

  it('is imported as it is, where the map translates others', async () => {
    write('calls.csv', CSV.replace('Emergency', 'constructor'));
    const { status } = await importCalls('--out', 'out.jsonl');
    expect(status).toBe(0);
    expect(read('out.jsonl')).toContain('"hazard":"constructor"');
  });
});

describe('matrix-sim datasets check', () => {
  it('sums up the shipped sets, a line each', async () => {
    const { status, stdout, stderr } = await matrixSim(folder, 'datasets', 'check');
    expect(status).toBe(0);
    expect(stderr).toBe('');
    expect(stdout.trim().split('\n')).toHaveLength(2);
    expect(stdout).toMatch(/dev\.jsonl: \d+ dialogues, \d+ unsafe, \d+ safe; by kind: .*safe \d+/);
    expect(stdout).toMatch(/test\.jsonl: .*; no findings/);
  });

  it('prints the findings of all files, and exits with 2', async () => {
    write('a.jsonl', '{"id": "x", "hazard": "H99", "turns": [{"role": "agent", "text": ""}]}\n');
    write('b.jsonl', '{"id": 3}\n');
    write('c.jsonl', '\n');
    const args = ['datasets', 'check', 'a.jsonl', 'b.jsonl', 'c.jsonl', 'none.jsonl'];
    const { status, stdout } = await matrixSim(folder, ...args);
    expect(status).toBe(2);
    for (const finding of [
      'a.jsonl: x: unknown hazard H99',
      'a.jsonl: x: neither labels nor unsafe',
      'a.jsonl: 2 findings',
      'b.jsonl:1, id: ',
      'b.jsonl:1, turns: ',
      'c.jsonl: holds no dialogues',
      'none.jsonl: cannot be read',
    ]) {
      expect(stdout).toContain(finding);
    }
  });

  it('speaks JSON too', async () => {
    const clean = await matrixSim(folder, 'datasets', 'check', '--json');
    expect(clean.json()).toMatchObject({ findings: [], files: [{ summary: {} }, {}] });
    write('c.jsonl', '');
    const { status, json } = await matrixSim(folder, 'datasets', 'check', 'c.jsonl', '--json');
    expect(status).toBe(2);
    expect(json()).toMatchObject({ findings: ['c.jsonl: holds no dialogues'] });
  });
});

describe('matrix-sim datasets import', () => {
  it('writes a set that passes the check, and warns on stderr', async () => {
    const { status, stdout, stderr } = await importCalls('--out', 'calls.jsonl');
    expect(status).toBe(0);
    expect(stdout).toContain('wrote calls.jsonl: 2 dialogues, 1 unsafe, 1 safe');
    expect(stdout).not.toContain('warning');
    expect(stderr).toContain('may hold personal data');
    expect(stderr).toContain('Carer (1)');
    const [first] = read('calls.jsonl').trim().split('\n');
    expect(JSON.parse(first ?? '')).toEqual({
      ...{ id: '1', hazard: 'H01', unsafe: true, site: '-north' },
      turns: [
        { role: 'agent', text: '(call opens)' },
        { role: 'patient', text: 'Hello?' },
        { role: 'agent', text: 'Hello. Carer: She fell.' },
      ],
    });
    expect((await matrixSim(folder, 'datasets', 'check', 'calls.jsonl')).status).toBe(0);
  });

  it('overwrites only with --force', async () => {
    write('calls.jsonl', 'mine');
    const { status, stdout, stderr } = await importCalls('--out', 'calls.jsonl');
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('calls.jsonl is there already');
    expect(read('calls.jsonl')).toBe('mine');
    expect((await importCalls('--out', 'calls.jsonl', '--force')).status).toBe(0);
    expect(read('calls.jsonl')).not.toContain('mine');
  });

  it('points to no check where dialogues are not labelled', async () => {
    write('map.yaml', MAP.replace('unsafe: contains_hazard\n', ''));
    const { stdout } = await importCalls('--out', 'calls.jsonl');
    expect(stdout).toContain('0 unsafe, 0 safe; 2 not labelled');
    expect(stdout).not.toContain('datasets check');
  });

  it('names row, column and mend of a cell that cannot be read, and writes nothing', async () => {
    write('calls.csv', CSV.replace('"Agent: Hello.\nPatient', '"Hello.\nPatient'));
    const { status, stdout, stderr } = await importCalls('--out', 'calls.jsonl');
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('calls.csv, row 2, column text: begins without a known speaker');
    expect(stderr).toContain('Add the speaker to transcript.agent');
    expect(existsSync(path.join(folder, 'calls.jsonl'))).toBe(false);
  });

  it.each([
    [['--out', 'none/x.jsonl'], 'none/x.jsonl: cannot be written'],
    [['--map', 'none.yaml', '--out', 'x.jsonl'], 'none.yaml: cannot be read'],
    [['--map', 'calls.csv', '--out', 'x.jsonl'], 'calls.csv'],
    [[], "required option '--out <file>'"],
  ])('%j is answered with exit 2', async (args, message) => {
    const { status, stdout, stderr } = await importCalls(...args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});

it('matrix-sim datasets --help has an example', async () => {
  expect((await matrixSim(newFolder(), 'datasets', '--help')).stdout).toContain('Example');
});
