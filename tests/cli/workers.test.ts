import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/errors.js';
import { describeWithPostgres, PASSWORD } from '../postgres.js';
import { ended, matrixSim, newFolder, startMatrixSim } from './matrix-sim.js';

const PLAN = ['--scenario', 'H01-D01', '--agent', 'offline:careful', '--agent', 'offline:late'];

describe('run --enqueue into a file', () => {
  it('is refused with what can be queued in, before anything is stored', async () => {
    const folder = newFolder();
    const { status, stderr } = await matrixSim(folder, 'run', ...PLAN, '--enqueue');
    expect(status).toBe(EXIT.usage);
    expect(stderr).toContain('--store postgres://USER@HOST/DATABASE');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describeWithPostgres('a run that is queued', (cluster) => {
  it('is held by a worker, and watched to the end that a run of one process has', async () => {
    const [folder, url] = [newFolder(), await cluster.newDatabase()];
    const gates = ['--fail-on', 'severity>=major'];
    const say = async (...args: string[]) => {
      const said = await matrixSim(folder, ...args, '--store', url);
      expect(said.stdout + said.stderr).not.toContain(encodeURIComponent(PASSWORD));
      return said;
    };
    const alone = await say('run', '--run-id', 'alone', ...PLAN, ...gates, '--json');
    const queued = await say('run', '--run-id', 'r', ...PLAN, ...gates, '--enqueue');
    expect(queued.status, queued.stderr).toBe(EXIT.ok);
    expect(queued.stdout).toContain('2 dialogues to hold and 0 to judge are queued');
    expect(queued.stdout).toContain('run --watch r');
    const worked = await say('worker', '--until-empty');
    expect(worked.status, worked.stderr).toBe(EXIT.ok);
    expect(worked.stderr).toContain('4 jobs done');
    const watched = await say('run', '--watch', 'r', '--json');
    expect(watched.status, watched.stderr).toBe(alone.status);
    // What an id, a clock or a coin decides is each run's own.
    const own = { run: null, hashes: null, judging: null };
    const resultOf = (json: unknown) => ({ ...(json as object), ...own });
    expect(resultOf(watched.json())).toEqual(resultOf(alone.json()));
  });

  it('is drained at SIGTERM: the worker exits with 0, and what is left can be taken', async () => {
    const [folder, url] = [newFolder(), await cluster.newDatabase()];
    await matrixSim(folder, 'run', ...PLAN, '--repeats', '5', '--store', url, '--enqueue');
    const worker = startMatrixSim(folder, {}, 'worker', '--store', url, '--concurrency', '1');
    let words = '';
    worker.stderr?.setEncoding('utf8').on('data', (text: string) => (words += text));
    const held = () => cluster.say(url, 'select 1 from attempts');
    while ((await held()).length < 1) await new Promise((resolve) => setTimeout(resolve, 20));
    const status = ended(worker);
    worker.kill('SIGTERM');
    expect(await status, words).toBe(EXIT.ok);
    expect(await cluster.say(url, 'select 1 from leases union all select 1 from workers')).toEqual(
      [],
    );
    const rest = await matrixSim(folder, 'worker', '--store', url, '--until-empty');
    expect(rest.status, rest.stderr).toBe(EXIT.ok);
    expect(await held()).toHaveLength(10);
  });

  it('names in one line what is wrong with what is asked for', async () => {
    const [folder, url] = [newFolder(), await cluster.newDatabase()];
    const refused: [string[], string][] = [
      [['worker', '--store', 'runs.db'], 'this store is a file'],
      [['run', '--watch', 'r', '--store', url], 'there is no store'],
      [['run', '--watch', 'r', '--enqueue', '--store', url], 'cannot be used with'],
      [['worker', '--store', url, '--concurrency', '0'], 'It must be 1 or more'],
      [['worker', '--store', url, '--lease', '0'], 'above 0'],
    ];
    for (const [args, words] of refused) {
      const { status, stderr } = await matrixSim(folder, ...args);
      expect(stderr, args.join(' ')).toContain(words);
      expect(status, stderr).toBe(EXIT.usage);
    }
  });
});
