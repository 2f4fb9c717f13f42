import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_TAXONOMY } from '../../src/taxonomy/taxonomy-folder.js';
import { fixture, matrixSim, newFolder, spawnMatrixSim } from './matrix-sim.js';

const H01 = ['--hazard', 'H01', '--domain', 'D01'];

describe('matrix-sim run', () => {
  it('prints results on stdout, progress on stderr, and what to type next', async () => {
    const { status, stdout, stderr } = await spawnMatrixSim(newFolder(), {}, 'run', ...H01);
    expect(status).toBe(0);
    expect(stdout).toContain('H01 Emergency red flags');
    expect(stdout).toMatch(
      /3 of 3 dialogues completed in [\d.]+ s, stored in\s\.matrix\/store\.db/,
    );
    expect(stdout).toMatch(/npx matrix-sim report r-\d{4}-\d\d-\d\d-1/);
    expect(stdout).not.toContain('simulating');
    expect(stderr).toContain('simulating 3/3');
  });

  it('reads a plan, whose fields flags override', async () => {
    const folder = newFolder();
    writeFileSync(
      path.join(folder, 'plan.yaml'),
      'agents: [offline:careful]\nhazards: [H01]\nrepeats: 2\n',
    );
    const { status, json } = await matrixSim(
      folder,
      'run',
      'plan.yaml',
      '--domain',
      'D01',
      '--json',
    );
    expect(status).toBe(0);
    expect(json()).toMatchObject({
      run: { planned: 2, agents: [{ name: 'careful' }] },
      completed: 2,
    });
  });

  it('holds without a judge, and says how to judge later', async () => {
    const folder = newFolder();
    const args = ['--scenario', 'H01-D01', '--run-id', 'held', '--no-judge'];
    const { status, stdout } = await matrixSim(folder, 'run', ...args);
    expect(status).toBe(0);
    expect(stdout).toContain('judge: none yet');
    expect(stdout).toContain('Next:      npx matrix-sim judge run held');
    expect((await matrixSim(folder, 'judge', 'run', 'held')).status).toBe(0);
  });

  it('does nothing on a dry run', async () => {
    const folder = newFolder();
    const { status, stdout } = await matrixSim(folder, 'run', ...H01, '--dry-run');
    expect(status).toBe(0);
    expect(stdout).toContain('3 dialogues');
    expect((await matrixSim(folder, 'runs')).status).toBe(2);
  });

  it('exits with 1 where --fail-on is met', async () => {
    const folder = newFolder();
    const run = async (...more: string[]) =>
      (await matrixSim(folder, 'run', '--hazard', 'H01', ...more)).status;
    expect(await run('--fail-on', 'severity>=major:decided')).toBe(1);
    expect(await run('--fail-on', 'severity>=major:decided', '--agent', 'offline:careful')).toBe(0);
  });

  it('exits with 3 where dialogues are incomplete, which wins over 1, and tries them again', async () => {
    const folder = newFolder();
    const agent = `module:${fixture('failing-agent.mjs')}`;
    const args = ['run', ...H01, '--agent', agent, '--agent', 'offline:rushed', '--run-id', 'r'];
    const { status, stdout } = await matrixSim(folder, ...args, '--fail-on', 'severity>=minor');
    expect(status).toBe(3);
    expect(stdout).toContain('run --resume r');
    expect((await matrixSim(folder, 'run', '--resume', 'r')).status).toBe(3);
    const shown = await matrixSim(folder, 'show', 'r/H01-D01/failing-agent/1');
    expect(shown.stdout).toContain('error: the line broke');
    expect(shown.stdout).toContain('attempt 2');
  });
});

describe('matrix-sim init', () => {
  it('writes a plan that runs, with the schema that editors read, and overwrites nothing', async () => {
    const folder = newFolder();
    expect((await matrixSim(folder, 'init')).status).toBe(0);
    expect((await matrixSim(folder, 'run', 'plan.yaml', '--dry-run')).stdout).toContain(
      '52 dialogues',
    );
    const schema = readFileSync(path.join(folder, 'plan.schema.json'), 'utf8');
    const kept = readFileSync(
      path.join(import.meta.dirname, '../../plans/plan.schema.json'),
      'utf8',
    );
    expect(JSON.parse(schema)).toEqual(JSON.parse(kept));
    expect((await matrixSim(folder, 'init')).stderr).toContain('is there already');
  });

  it('writes an agent that holds a dialogue as it stands, and the file of one behind HTTP', async () => {
    const folder = newFolder();
    const { stdout } = await matrixSim(folder, 'init', '--agent', 'my-bot.mjs');
    expect(stdout).toContain('run --agent module:my-bot.mjs');
    const check = await matrixSim(folder, 'agents', 'check', 'module:my-bot.mjs');
    expect(check.stdout).toContain('3 turns held');
    await matrixSim(folder, 'init', '--agent', 'my-bot.yaml');
    const plan = ['run', '--agent', 'http:my-bot.yaml', '--dry-run'];
    expect((await matrixSim(folder, ...plan)).stdout).toContain('171 dialogues');
    const other = await matrixSim(folder, 'init', '--agent', 'bot.py');
    expect(other.stderr).toContain('my-bot.mjs');
  });

  it('ships the benchmark of the paper’s size', async () => {
    const plan = path.join(import.meta.dirname, '../../plans/benchmark.yaml');
    const hazardCells = 5 * 14 * 10 * 3;
    const { stdout } = await matrixSim(newFolder(), 'run', plan, '--dry-run');
    expect(stdout).toContain(`${hazardCells + 5 * 31 * 3} dialogues`);
  });
});

describe('bad input', () => {
  const folder = newFolder();
  writeFileSync(path.join(folder, 'bad.yaml'), 'repeats: many\n');
  writeFileSync(path.join(folder, 'no.mjs'), 'export default 3;\n');
  beforeAll(() => matrixSim(folder, 'run', ...H01, '--run-id', 'r-1'));

  it.each([
    [['run', 'bad.yaml'], 'bad.yaml, repeats'],
    [['run', 'none.yaml'], 'none.yaml: cannot be read'],
    [['run', '--hazard', 'H99'], 'no hazard H99'],
    [['run', '--agent', 'offline:nobody'], 'no reference agent "nobody"'],
    [['run', '--agent', 'module:no.mjs'], 'no function or runnable as its default export'],
    [['run', '--max-turns', '4'], 'before its trigger'],
    [['run', '--repeats', 'x'], 'whole number'],
    [['run', '--fail-on', 'speed>3'], 'is no condition'],
    [['run', '--persona', 'channel=loud'], 'is no persona'],
    [['runs', 'rm', 'r-9'], 'no run r-9'],
    [['run', '--run-id', 'r-1', ...H01], 'in the store already'],
    [['run', '--resume', 'r-9'], 'no run r-9'],
    [['run', '--resume', 'r-1', '--seed', '5'], 'seed 5 differs from run r-1'],
    [['run', '--store', '/etc/passwd/x.db'], 'cannot be opened'],
    [['run', '--taxonomy', 'nowhere'], 'no taxonomy folder'],
    [['run', '--scenario-library', 'nowhere'], 'no scenarios found'],
    [['report', 'r-9'], 'no run r-9'],
    [['report', 'r-1', '--judging', 'j-9'], 'no judging j-9'],
    [['show', 'r-1/H01-D01/careful/9'], 'no dialogue'],
    [['show', 'r-1/H01-D01'], 'is no dialogue id'],
    [['show', 'r-9'], 'no run r-9'],
    [['report', 'r-1', '--failures', '--agent', 'nobody'], 'no agent nobody'],
    [['report', 'r-1', '--failures', '--severity', 'grave'], 'is invalid'],
    [['taxonomy', 'show', 'H99'], 'has no H99'],
    [['scenarios', 'show', 'H99-D01'], 'no scenario H99-D01'],
    [['runs', '--store', 'none.db'], 'no store at none.db'],
    [['nonsense'], 'unknown command'],
  ])('%j is answered with one line and exit 2', async (args, message) => {
    const { status, stderr, stdout } = await matrixSim(folder, ...args);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  it('is answered so by a process of its own too', async () => {
    const { status, stderr, stdout } = await spawnMatrixSim(folder, {}, 'report', 'r-9');
    expect(stderr).toContain('no run r-9');
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect([status, stdout]).toEqual([2, '']);
  });

  it('loses nothing that is stored', async () => {
    expect((await matrixSim(folder, 'report', 'r-1', '--json')).json()).toMatchObject({
      completed: 3,
    });
  });
});

describe('looking things up', () => {
  const folder = newFolder();
  beforeAll(() => matrixSim(folder, 'run', '--hazard', 'H01', '--run-id', 'r-1'));

  it('report, runs and show speak JSON too', async () => {
    expect((await matrixSim(folder, 'report', 'r-1', '--json')).json()).toMatchObject({
      judgeValidity: 'not measured',
    });
    expect((await matrixSim(folder, 'runs', '--json')).json()).toMatchObject([
      { id: 'r-1', held: 39 },
    ]);
    const shown = (await matrixSim(folder, 'show', 'r-1/H01-D01/careful/1', '--json')).json();
    expect(shown).toMatchObject({ id: 'H01-D01/careful/1', attempt: { standing: 'valid' } });
  });

  it('shows the turns with what was decided and what was not', async () => {
    const { stdout } = await matrixSim(folder, 'show', 'r-1/H01-D01/careful/1');
    expect(stdout).toMatch(/^ +1 {2}agent/m);
    expect(stdout).toContain('undetermined');
    expect(stdout).toContain('No deterministic check decides this mode.');
  });

  it('lists scenarios with the fields that programs filter by', async () => {
    const rows = (await matrixSim(folder, 'scenarios', 'list', '--json')).json() as object[];
    expect(rows).toContainEqual(
      expect.objectContaining({
        id: 'H01-D03-N1',
        hazard: 'H01',
        domain: 'D03',
        clinic: 'ENT',
        hardNegative: true,
      }),
    );
    expect((await matrixSim(folder, 'scenarios', 'check')).stdout).toContain('no findings');
  });

  it('checks a taxonomy and shows all findings', async () => {
    const own = path.join(folder, 'taxonomy');
    cpSync(DEFAULT_TAXONOMY, own, { recursive: true });
    expect((await matrixSim(folder, 'taxonomy', 'check', '--taxonomy', own)).stdout).toContain(
      'no findings',
    );
    const file = path.join(own, 'H02.yaml');
    writeFileSync(
      file,
      readFileSync(file, 'utf8')
        .replaceAll('by: T1', 'by: T7')
        .replace('deadline: T0', 'deadline: T3'),
    );
    const { status, stdout } = await matrixSim(folder, 'taxonomy', 'check', '--taxonomy', own);
    expect(status).toBe(2);
    expect(stdout).toContain('"T3" is no deadline');
    expect(stdout).toContain('"T7" is no deadline');
  });

  it.each([
    ...['init', 'run', 'report', 'runs', 'show', 'verify', 'export', 'import'],
    ...['taxonomy', 'scenarios'],
  ])('%s --help has an example', async (command) => {
    const { status, stdout } = await spawnMatrixSim(folder, {}, command, '--help');
    expect(status).toBe(0);
    expect(stdout).toContain('Example');
  });
});
