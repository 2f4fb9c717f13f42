import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startServer } from '../tools/model-server/start-server.js';
import type {
  ModelServer,
  ScriptedAnswer,
  SeenRequest,
} from '../../tools/model-server/model-server.js';
import { envOf } from './hosted-run.js';
import { newFolder, runMatrixSim } from './matrix-sim.js';
import { askedOf, isJudging, judgeThat, soundFailure } from './scripted-judge.js';

interface Shown {
  verdicts: {
    failureMode: string;
    outcome: string;
    turn: number | null;
    jurors: { juror: string; verdict: string; rationale: string }[];
  }[];
}

/** A dialogue that may still wait for its verdicts. */
interface Held extends Partial<Shown> {
  readonly attempt: { readonly standing: string };
}

/** Fewer than the modes of any dialogue here. */
const MANY = 10;
const SCENARIO = ['--scenario', 'H02-D01', '--agent', 'offline:careful'];

async function judged(server: ModelServer, flags: readonly string[], folder = newFolder()) {
  const ran = await runMatrixSim(
    folder,
    envOf(server),
    ...['run', '--run-id', 'r', ...SCENARIO, ...flags],
  );
  const shown = await runMatrixSim(folder, {}, 'show', 'r/H02-D01/careful/1', '--json');
  const { verdicts } = shown.json() as Shown;
  const of = (mode: string) => verdicts.find(({ failureMode }) => failureMode === mode);
  return { folder, ...ran, verdicts, of };
}

/** Every mode that was asked has a verdict, and none is decided. */
function expectUndetermined(verdicts: Shown['verdicts'], asked: readonly string[]): void {
  expect(asked.length).toBeGreaterThan(MANY);
  const open = verdicts.filter(({ failureMode }) => asked.includes(failureMode));
  expect(open).toHaveLength(asked.length);
  expect(open.filter(({ outcome }) => outcome !== 'undetermined')).toEqual([]);
}

const judgeRequests = ({ requests }: ModelServer) => requests.filter(isJudging);
const askedModes = (server: ModelServer, index: number) => {
  const request = judgeRequests(server)[index];
  return request ? askedOf(request).modes : [];
};
const answering = (answer: (seen: SeenRequest) => ScriptedAnswer | undefined) =>
  startServer({ answer });

describe('run --judge MODEL', () => {
  it('takes a verdict with sound evidence, from one call for all modes', async () => {
    const server = await answering(
      judgeThat((mode, asked) => (mode === 'X06' ? soundFailure(asked) : undefined)),
    );
    const { of, verdicts, stdout } = await judged(server, ['--judge', 'openai:judge']);
    expect(judgeRequests(server)).toHaveLength(1);
    expect(of('X06')).toMatchObject({ outcome: 'fail', turn: 1 });
    expect(verdicts.length).toBeGreaterThan(MANY);
    expect(verdicts.filter(({ outcome }) => outcome === 'undetermined')).toEqual([]);
    expect(verdicts.filter(({ jurors }) => jurors.length !== 1)).toEqual([]);
    expect(stdout).toMatch(/judging by models: \d+ tokens a verdict/);
  });

  it('gives the judge numbered turns, the case file and the modes, and nothing of the agent', async () => {
    const server = await answering(judgeThat(() => undefined));
    await runMatrixSim(
      newFolder(),
      envOf(server),
      ...['run', '--agent', 'zebra=offline:late', '--scenario', 'H01-D01', '--judge', 'google:j'],
    );
    const [request] = judgeRequests(server);
    const text = JSON.stringify(request?.body);
    expect(request && askedOf(request).turns.length).toBeGreaterThan(3);
    expect(text).toContain('rightLevel');
    expect(text).not.toMatch(/zebra|triggerTurn|realisedFaults|releases|distrustful/);
  });

  it('asks in an order and between marks that differ from dialogue to dialogue', async () => {
    const server = await answering(judgeThat(() => undefined));
    const folder = newFolder();
    const flags = [
      'run',
      '--agent',
      'offline:careful',
      '--hazard',
      'H02',
      '--judge',
      'openai:judge',
    ];
    await runMatrixSim(folder, envOf(server), ...flags);
    const asked = judgeRequests(server).map((request) => askedOf(request).modes);
    expect(asked.length).toBeGreaterThan(MANY);
    expect(new Set(asked.map((modes) => modes.join())).size).toBeGreaterThan(asked.length / 2);
    const marks = judgeRequests(server).map(
      ({ messages }) => /<<<\w+/.exec(messages.at(-1)?.text ?? '')?.[0],
    );
    expect(new Set(marks).size).toBe(marks.length);
  });

  it.each([
    ['an invented quote', { turn: 1, quotes: [{ turn: 1, text: 'never said by anybody' }] }],
    ['a turn that does not exist', { turn: 99, quotes: [{ turn: 99, text: 'Hello' }] }],
    ['no quote', { turn: 1, quotes: [] }],
    ['a turn of the patient', { turn: 2, quotes: [{ turn: 2, text: 'a' }] }],
  ])('asks once again over %s, then abstains', async (_, evidence) => {
    const server = await answering(
      judgeThat((mode) => (mode === 'X06' ? { verdict: 'fail', ...evidence } : undefined)),
    );
    const { of } = await judged(server, ['--judge', 'openai:judge']);
    expect(judgeRequests(server)).toHaveLength(2);
    expect(askedModes(server, 1)).toEqual(['X06']);
    expect(of('X06')).toMatchObject({ outcome: 'undetermined' });
    expect(of('X06')?.jurors[0]?.rationale).toContain('No usable verdict');
  });

  it('takes the second answer where it is sound', async () => {
    const server = await answering(
      judgeThat((mode, asked) => {
        if (mode !== 'X06') return undefined;
        return asked.again ? soundFailure(asked) : { verdict: 'fail', turn: 1, quotes: [] };
      }),
    );
    const { of } = await judged(server, ['--judge', 'openai:judge']);
    expect(of('X06')?.outcome).toBe('fail');
  });

  it('never reads what it was not told as a pass: missing modes, foreign ids', async () => {
    const server = await answering((seen) =>
      isJudging(seen)
        ? JSON.stringify({
            verdicts: [
              {
                mode: 'H99-F1',
                rationale: '',
                verdict: 'pass',
                turn: null,
                quotes: [],
                confidence: 1,
              },
            ],
            appropriateness: null,
            other: [],
          })
        : undefined,
    );
    const { verdicts } = await judged(server, ['--judge', 'openai:judge']);
    expectUndetermined(verdicts, askedModes(server, 0));
    expect(verdicts.some(({ failureMode }) => failureMode === 'H99-F1')).toBe(false);
  });

  it.each<[string, ScriptedAnswer]>([
    ['half JSON', '{"verdicts":[{"mode":"X06","rationale":"The agent'],
    ['prose', 'I think the agent did well.'],
    ['a refusal', { text: 'I cannot assess this.', finish: 'refused' }],
    ['a filtered answer', { text: '', finish: 'filtered' }],
    ['nothing', { fault: 'empty' }],
  ])('abstains from everything over %s', async (_, answer) => {
    const server = await answering((seen) => (isJudging(seen) ? answer : undefined));
    const { verdicts, status } = await judged(server, ['--judge', 'openai:judge']);
    expect(status).toBe(0);
    expectUndetermined(verdicts, askedModes(server, 0));
  });

  it('leaves unjudged what a failing server cannot be asked about, and asks again on --resume', async () => {
    const failing = await answering((seen) =>
      isJudging(seen)
        ? { status: 400, body: { error: { message: 'bad', code: null } } }
        : undefined,
    );
    const flags = ['run', '--run-id', 'r', ...SCENARIO, '--judge', 'openai:judge'];
    const folder = newFolder();
    const shown = async () =>
      (await runMatrixSim(folder, {}, 'show', 'r/H02-D01/careful/1', '--json')).json() as Held;
    expect((await runMatrixSim(folder, envOf(failing), ...flags)).status).toBe(3);
    expect(judgeRequests(failing)).not.toHaveLength(0);
    const held = await shown();
    expect(held.attempt.standing).toBe('valid');
    expect(held.verdicts).toBeUndefined();

    const mended = await answering(judgeThat(() => undefined));
    const resumed = await runMatrixSim(folder, envOf(mended), 'run', '--resume', 'r');
    expect(resumed.status).toBe(0);
    expect(judgeRequests(mended)).toHaveLength(1);
    const judged = await shown();
    expect(judged.attempt).toEqual(held.attempt);
    expect(judged.verdicts?.length).toBeGreaterThan(MANY);
    expect(judged.verdicts?.filter(({ outcome }) => outcome === 'undetermined')).toEqual([]);
  });

  it('collects harms that the taxonomy lacks, and groups them', async () => {
    const harm = { what: 'Told the caller the wrong ward number', turn: 1, quote: '' };
    const server = await answering((seen) => {
      if (!isJudging(seen)) return undefined;
      const [first] = askedOf(seen).turns;
      const other = [
        { ...harm, quote: first?.says ?? '' },
        { what: 'An invented one', turn: 1, quote: 'nobody said so' },
      ];
      return judgeThat(() => undefined, { other })(seen);
    });
    const folder = newFolder();
    await runMatrixSim(
      folder,
      envOf(server),
      ...[
        'run',
        '--run-id',
        'r',
        '--agent',
        'offline:careful',
        '--hazard',
        'H02',
        '--judge',
        'openai:j',
      ],
    );
    const { stdout } = await runMatrixSim(folder, {}, 'report', 'r', '--other');
    expect(stdout).toMatch(/1\d × Told the caller the wrong ward number/);
    expect(stdout).not.toContain('An invented one');
  });

  it('asks for the score of a crisis, and reports it', async () => {
    const server = await answering(judgeThat(() => undefined, { appropriateness: 4 }));
    const { stdout } = await judged(server, ['--judge', 'openai:judge']);
    expect(stdout).toContain('mean 4.0 over 1 scores');
    expect(JSON.stringify(judgeRequests(server)[0]?.messages)).toContain('from 1 (harmful:');
  });

  it('splits two hundred modes over calls, and decides all of them', async () => {
    const folder = newFolder();
    manyModes(path.join(folder, 'taxonomy'), 200);
    const server = await answering(judgeThat(() => undefined));
    const { verdicts, stdout } = await judged(
      server,
      ['--judge', 'openai:judge', '--taxonomy', 'taxonomy'],
      folder,
    );
    const calls = judgeRequests(server).map((request) => askedOf(request).modes.length);
    expect(Math.max(...calls)).toBeLessThanOrEqual(24);
    expect(calls.reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(200);
    expect(verdicts.filter(({ outcome }) => outcome === 'undetermined')).toEqual([]);
    expect(stdout).toMatch(new RegExp(`juror openai:judge +openai:judge +${calls.length} `));
  });

  it('goes on after a cut without asking a recorded verdict again', async () => {
    let calls = 0;
    const server = await answering((seen) => {
      if (!isJudging(seen)) return undefined;
      calls += 1;
      return calls === 8
        ? { status: 401, body: { error: { message: 'no', code: 'invalid_api_key' } } }
        : judgeThat(() => undefined)(seen);
    });
    const folder = newFolder();
    const flags = ['--agent', 'offline:careful', '--hazard', 'H02', '--concurrency', '1'];
    const first = await runMatrixSim(
      folder,
      envOf(server),
      ...['run', '--run-id', 'r', ...flags, '--judge', 'openai:judge'],
    );
    expect(first.status).toBe(3);
    const second = await runMatrixSim(folder, envOf(server), 'run', '--resume', 'r', '--json');
    expect(second.status).toBe(0);
    const { run } = second.json() as { run: { planned: number } };
    expect(calls).toBe(run.planned + 1);
  });

  it('warns where judge and agent are of one family', async () => {
    const server = await answering(judgeThat(() => undefined));
    const { stderr } = await runMatrixSim(
      newFolder(),
      envOf(server),
      ...[
        'run',
        '--agent',
        'openai:gpt-5-mini',
        '--judge',
        'openai:gpt-5',
        '--scenario',
        'H02-D01',
      ],
    );
    expect(stderr).toContain('agent and judge are both of the openai family');
  });
});

/** The taxonomy that comes with the package, its first hazard grown to many modes. */
function manyModes(folder: string, count: number): void {
  mkdirSync(folder);
  cpSync(path.resolve('hazard-taxonomy'), folder, { recursive: true });
  const file = path.join(folder, 'H02.yaml');
  const modes = Array.from({ length: count }, (_, index) => [
    `  - id: H02-F${index + 100}`,
    `    name: Made-up mode ${index}`,
    '    guideword: C',
    `    criterion: The agent says the number ${index} aloud.`,
    '    harm: Upset',
    '    severity: Minor',
    `    duty: number-${index}`,
  ]);
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n${modes.flat().join('\n')}\n`);
}
