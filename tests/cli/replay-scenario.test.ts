import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Attempt, Source, StoredDialogue } from '../../src/store/run-record.js';
import { startModelServer } from '../../tools/model-server/model-server.js';
import { startServer } from '../tools/model-server/start-server.js';
import { envOf, run } from './hosted-run.js';
import { fixture, matrixSim, newFolder, runMatrixSim } from './matrix-sim.js';

interface Replay {
  readonly run: string;
  readonly source: Source;
  readonly dialogues: readonly {
    readonly partsInTurn: number | null;
    readonly unfitFromTurn: number | null;
    readonly before: StoredDialogue;
    readonly now: StoredDialogue & { readonly attempt: Attempt };
  }[];
}

const AGENT = `export default (turns) =>
  turns.length < 10 ? 'Thank you. How have you been?' : { text: 'Goodbye.', end: true };`;
const LATE = ['H01-D01/late/1', '--from', 'r'];
let folder = '';
beforeAll(async () => {
  folder = newFolder();
  writeFileSync(path.join(folder, 'my-agent.mjs'), AGENT);
  const agents = ['--agent', 'offline:late', '--agent', 'offline:careful'];
  const scenarios = ['--scenario', 'H01-D01', '--scenario', 'H04-D02'];
  await matrixSim(folder, 'run', '--run-id', 'r', ...agents, ...scenarios);
});

const scenario = (...args: string[]) => matrixSim(folder, 'replay', 'scenario', ...args);
async function replayed(...args: string[]): Promise<Replay> {
  const { json, stderr, status } = await scenario(...args, '--json');
  expect([status, stderr]).toEqual([0, expect.any(String)]);
  return json() as Replay;
}
const wordsOf = ({ attempt }: StoredDialogue) => attempt?.turns ?? [];

/** Exactly what the run of a replay holds comes out again. */
async function expectExact(id: string) {
  expect((await matrixSim(folder, 'replay', 'run', id)).status).toBe(0);
}

describe('replay scenario', () => {
  it('puts a new agent through the same case, persona and wording, as a run that names its source', async () => {
    const { run: id, source, dialogues } = await replayed(...LATE, '--agent', 'offline:careful');
    const of = { scenario: 'H01-D01', agent: 'late', repeat: 1 };
    expect(source).toMatchObject({ run: 'r', mode: 'adaptive', keptTurns: 0, dialogues: [{ of }] });
    const [pair] = dialogues;
    expect(pair?.partsInTurn).toBe(1);
    const { persona, wording } = pair?.before.attempt ?? {};
    expect(pair?.now.attempt).toMatchObject({ persona, wording });
    // The same as that agent said in the run itself: all chance comes from the same seed.
    const shown = await matrixSim(folder, 'show', 'r/H01-D01/careful/1', '--json');
    expect(pair && wordsOf(pair.now)).toEqual(wordsOf(shown.json() as StoredDialogue));
    await expectExact(id);
  });

  it.each([1, 4, 5, 8])(
    'keeps %i turns and gives the same agent its state again',
    async (count) => {
      const flags = ['--agent', 'offline:late', '--at-turn', String(count)];
      const { dialogues } = await replayed(...LATE, ...flags);
      expect(dialogues[0]?.partsInTurn).toBeNull();
    },
  );

  it.each([4, 5])('goes on with another agent after turn %i', async (count) => {
    const flags = ['--agent', 'module:./my-agent.mjs', '--at-turn', String(count)];
    const { run: id, dialogues } = await replayed(...LATE, ...flags);
    const [pair] = dialogues;
    const [before, now] = [pair?.before, pair?.now].map((each) => each && wordsOf(each));
    expect(now?.slice(0, count)).toEqual(before?.slice(0, count));
    expect(pair?.partsInTurn).toBe(count % 2 === 0 ? count + 1 : count + 2);
    expect(pair?.now.verdicts?.length).toBeGreaterThan(0);
    await expectExact(id);
  });

  it('says the recorded turns again, and marks from where they no longer answer', async () => {
    const flags = ['--agent', 'module:./my-agent.mjs', '--mode', 'scripted'];
    const { run: id, dialogues } = await replayed(...LATE, ...flags);
    const [pair] = dialogues;
    const said = (each?: StoredDialogue) =>
      each && wordsOf(each).filter(({ role }) => role === 'patient');
    const now = said(pair?.now) ?? [];
    expect(now).toEqual(said(pair?.before)?.slice(0, now.length));
    expect(pair?.unfitFromTurn).toBe(2);
    expect(pair?.now.attempt.triggerTurn).toBe(pair?.before.attempt?.triggerTurn);
    await expectExact(id);
    const { stdout } = await scenario(...LATE, ...flags);
    expect(stdout).toContain('From turn 2 on the recorded patient no longer answers');
    expect(stdout).toMatch(/^ {3}2 {2}patient .* \(≠\)$/m);
  });

  it('marks nothing where the agent is the same', async () => {
    const flags = ['--agent', 'offline:late', '--mode', 'scripted'];
    const { dialogues } = await replayed(...LATE, ...flags);
    expect(dialogues[0]).toMatchObject({ partsInTurn: null, unfitFromTurn: null });
  });

  it('numbers samples and dialogues of one scenario as repeats of the new run', async () => {
    const names = ['H01-D01/late/1', 'r/H01-D01/careful/1', 'H04-D02/late/1'];
    const flags = [
      '--from',
      'r',
      '--agent',
      'offline:rushed',
      '--samples',
      '2',
      '--run-id',
      'many',
    ];
    const { dialogues } = await replayed(...names, ...flags);
    const of = dialogues.map(({ now, before }) => [now.scenario, now.repeat, before.agent]);
    expect(of).toEqual([
      ['H01-D01', 1, 'late'],
      ['H01-D01', 2, 'late'],
      ['H01-D01', 3, 'careful'],
      ['H01-D01', 4, 'careful'],
      ['H04-D02', 1, 'late'],
      ['H04-D02', 2, 'late'],
    ]);
    await expectExact('many');
    const again = ['H01-D01/rushed/4', '--from', 'many', '--agent', 'offline:rushed'];
    expect((await replayed(...again)).dialogues[0]?.partsInTurn).toBeNull();
  });

  it('goes on from a transcript from elsewhere, with the case that it is about', async () => {
    const lines = [
      'Hello, how is your breathing?',
      'Ooh, worse since last weekend.',
      'And?',
      'No.',
    ];
    const turns = lines.map((text, index) => ({ role: index % 2 ? 'patient' : 'agent', text }));
    writeFileSync(path.join(folder, 't.jsonl'), `${JSON.stringify({ id: 'call-17', turns })}\n`);
    await matrixSim(folder, 'judge', 'run', 't.jsonl', '--run-id', 'p');
    const call = ['call-17', '--from', 'p', '--agent', 'offline:careful', '--at-turn', '2'];
    expect((await scenario(...call)).stderr).toContain('--scenario H01-D01');
    const { run: id, dialogues } = await replayed(...call, '--scenario', 'H01-D01');
    const [pair] = dialogues;
    expect(pair?.partsInTurn).toBe(3);
    expect(pair?.now).toMatchObject({ scenario: 'H01-D01', attempt: { standing: 'valid' } });
    await expectExact(id);
  });

  it.each([
    [
      'an agent with a session',
      [
        'H01-D01/late/1',
        '--agent',
        `command:node ${fixture('agent-command.mjs')}`,
        '--at-turn',
        '2',
      ],
      /keeps a session of its own/,
    ],
    [
      'more turns than there are',
      ['H01-D01/late/1', '--agent', 'offline:late', '--at-turn', '99'],
      /has 1\d turns/,
    ],
    [
      'a name that several dialogues have',
      ['H01-D01', '--agent', 'offline:late'],
      /2 times.*late, careful/,
    ],
    ['another patient', ['H01-D01/late/1', '--agent', 'offline:late', '--seed', '2'], /--seed/],
    [
      'two agents',
      ['H01-D01/late/1', '--agent', 'offline:late', '--agent', 'offline:careful'],
      /one agent/,
    ],
    ['what is not there', ['H01-D09/late/1', '--agent', 'offline:late'], /no dialogue H01-D09/],
  ])('refuses %s, and stores nothing', async (_, args, message) => {
    const before = await matrixSim(folder, 'runs', '--json');
    const { status, stderr } = await scenario(...args, '--from', 'r');
    expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
    expect((await matrixSim(folder, 'runs', '--json')).stdout).toBe(before.stdout);
  });
});

describe('replay scenario by models', () => {
  const MODELS = ['--patient', 'openai:p', '--ear', 'offline', '--scenario', 'H01-D01'];

  it('asks a model patient only after the turns that are kept, and samples it anew', async () => {
    const server = await startServer();
    const { folder: hosted } = await run(server, '--agent', 'offline:late', ...MODELS);
    const asked = server.requests.length;
    const flags = ['H01-D01', '--from', 'r', '--agent', 'offline:late', '--at-turn', '4'];
    const more = ['--samples', '2', '--run-id', 'n', '--json'];
    const { status, json } = await runMatrixSim(
      hosted,
      envOf(server),
      ...['replay', 'scenario', ...flags, ...more],
    );
    expect(status).toBe(0);
    const { dialogues } = json() as Replay;
    const all = dialogues.flatMap(({ before, now }) => [before, now]);
    const kept = all.map((each) => JSON.stringify(wordsOf(each).slice(0, 4)));
    expect([kept.length, new Set(kept).size]).toEqual([4, 1]);
    expect(server.requests.length - asked).toBeLessThan(2 * asked);
    const seeds = server.requests.slice(asked).map(({ body }) => (body as { seed?: number }).seed);
    expect(new Set(seeds).size).toBeGreaterThan(1);
    await server.close();
    expect((await matrixSim(hosted, 'replay', 'run', 'n')).status).toBe(0);
  });

  it('goes on after its patient could not be asked, by --resume alone', async () => {
    const first = await startModelServer();
    const { folder: hosted } = await run(first, '--agent', 'offline:late', ...MODELS);
    await first.close();
    const dead = { ...envOf(first) };
    const flags = ['H01-D01', '--from', 'r', '--agent', 'offline:careful', '--run-id', 'n'];
    const quick = ['--turn-timeout', '1'];
    const cut = await runMatrixSim(hosted, dead, 'replay', 'scenario', ...flags, ...quick);
    expect(cut.status).toBe(3);
    const second = await startServer();
    const plain = await runMatrixSim(hosted, envOf(second), 'run', '--resume', 'n');
    expect(plain.stderr).toContain('replay scenario --resume n');
    const on = ['replay', 'scenario', '--resume', 'n'];
    expect((await runMatrixSim(hosted, envOf(second), ...on)).status).toBe(0);
    expect((await matrixSim(hosted, 'replay', 'run', 'n')).status).toBe(0);
  });
});
