import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { ModelServer } from '../../tools/model-server/model-server.js';
import { startServer } from '../tools/model-server/start-server.js';
import { envOf } from './hosted-run.js';
import {
  ended,
  mainFile,
  matrixSim,
  newFolder,
  runMatrixSim,
  typeMatrixSim,
} from './matrix-sim.js';
import { isJudging, judgeThat } from './scripted-judge.js';

/** A chat that is under way: what it has printed, and its input, which stays open. */
function begin(folder: string, env: Record<string, string>, ...flags: string[]) {
  const args = [mainFile, 'chat', '--scenario', 'H01-D01', '--run-id', 'c', ...flags];
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const closed = new Promise((resolve) => child.on('close', resolve));
  const exit = ended(child);
  return {
    child,
    say: (line: string) => child.stdin.write(`${line}\n`),
    /** Resolves once the person is asked for the turn of that number. */
    asked: (turn: number) =>
      until(() => new RegExp(`^ +${turn}  (patient|agent)  $`, 'm').test(stdout)),
    end: async () => {
      const status = await exit;
      await closed;
      return { status, stdout, stderr };
    },
  };
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 2000 && !condition(); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(condition()).toBe(true);
}

/** A chat whose input is given at once. */
function chatWith(
  folder: string,
  env: Record<string, string>,
  input: readonly string[],
  ...flags: string[]
) {
  const args = ['chat', '--scenario', 'H01-D01', '--run-id', 'c', ...flags];
  return typeMatrixSim(folder, env, input, ...args);
}

const chat = (folder: string, input: readonly string[], ...flags: string[]) =>
  chatWith(folder, {}, input, ...flags);

interface Shown {
  readonly attempt?: {
    readonly turns: readonly { role: string; text: string }[];
    readonly standing: string;
    readonly ending: string;
  };
  readonly verdicts?: readonly { outcome: string; jurors: readonly { juror: string }[] }[];
}

const shownOf = async (folder: string, agent: string) =>
  (await matrixSim(folder, 'show', `c/H01-D01/${agent}/1`, '--json')).json() as Shown;
const turnsOf = async (folder: string, agent: string) => {
  const { attempt } = await shownOf(folder, agent);
  if (!attempt) throw new Error('nothing of the chat is stored');
  return attempt;
};
const saidBy = (role: string, { turns }: Pick<NonNullable<Shown['attempt']>, 'turns'>) =>
  turns.filter((turn) => turn.role === role).map(({ text }) => text);

/** The calls to the agent in the journal, by take and ordinal. */
const callsOf = async (folder: string, agent: string) => {
  const calls = (
    await matrixSim(folder, 'show', `c/H01-D01/${agent}/1`, '--calls', '--json')
  ).json();
  return (calls as { take: number; role: string; ordinal: number }[])
    .filter(({ role }) => role === 'agent')
    .map(({ take, ordinal }) => [take, ordinal]);
};

describe('chat', () => {
  it('lets a person play the patient, and stores and judges what was said', async () => {
    const folder = newFolder();
    const said = [
      'Maureen Ashby, 14 March 1958.',
      'I can’t get my breath, sat here doing nothing.',
    ];
    const { status, stdout } = await chat(folder, [...said, '/end']);
    expect(status).toBe(0);
    expect(stdout).toContain('You are Maureen Ashby');
    expect(stdout).toContain('undetermined');
    const { turns, standing } = await turnsOf(folder, 'careful');
    expect(saidBy('patient', { turns })).toEqual(said);
    expect(standing).toBe('valid');
  });

  it('takes a line back, and goes on from there with the same agent', async () => {
    const folder = newFolder();
    const { status } = await chat(folder, [
      'Maureen Ashby.',
      'Oops.',
      '/undo',
      'Green phlegm.',
      '/end',
    ]);
    expect(status).toBe(0);
    const said = saidBy('patient', await turnsOf(folder, 'careful'));
    expect(said).toEqual(['Maureen Ashby.', 'Green phlegm.']);
  });

  it('takes a line of the agent back too', async () => {
    const folder = newFolder();
    const input = ['Hello, clinic here.', 'Oops.', '/undo', 'How are you?', '/end'];
    expect((await chat(folder, input, '--as', 'agent')).status).toBe(0);
    const said = saidBy('agent', await turnsOf(folder, 'person'));
    expect(said).toEqual(['Hello, clinic here.', 'How are you?', '']);
  });

  it('lets a person play the agent against PatBot, with actions by markers', async () => {
    const folder = newFolder();
    const { status, stdout } = await chat(
      folder,
      [
        'Hello, who am I speaking to?',
        '/facts',
        'Ring 999 now. [ESCALATE EMERGENCY 999] [END CALL]',
      ],
      '--as',
      'agent',
    );
    expect(status).toBe(0);
    expect(stdout).toContain('COPD community team');
    expect(stdout).not.toMatch(/red flag|escalation/i);
    const { turns } = await turnsOf(folder, 'person');
    expect(turns.at(-1)).toMatchObject({
      text: 'Ring 999 now.',
      actions: [{ type: 'escalate', act: 'EMERGENCY', mode: '999' }, { type: 'end-call' }],
    });
  });

  it('ends like a hung-up call where the input ends', async () => {
    const folder = newFolder();
    expect((await chat(folder, ['Maureen Ashby.'])).status).toBe(0);
    expect((await turnsOf(folder, 'careful')).turns.at(-1)?.role).toBe('agent');
  });

  it('names a scenario that is not there', async () => {
    const { status, stderr } = await matrixSim(newFolder(), 'chat', '--scenario', 'H99-D01');
    expect(status).toBe(2);
    expect(stderr).toContain('H99-D01');
  });
});

describe('what a chat leaves in the store', () => {
  const answering = (answer: (ordinal: number) => 'refuse' | undefined) =>
    startServer({
      answer: ({ ordinal }) =>
        answer(ordinal) === 'refuse'
          ? { status: 401, body: { error: { message: 'no', code: 'invalid_api_key' } } }
          : undefined,
    });
  const model = ['--agent', 'openai:m'];

  it('begins before the first line: a name that is taken ends it before anything is said', async () => {
    const folder = newFolder();
    await chat(folder, ['Maureen Ashby.', '/end']);
    const { status, stdout, stderr } = await begin(folder, {}).end();
    expect(status).toBe(2);
    expect(stderr).toContain('run c is in the store already');
    expect(stdout).not.toContain('Maureen Ashby');
  });

  it('holds each call once it is answered, whatever ends the process', async () => {
    const folder = newFolder();
    const { child, say, asked, end } = begin(folder, envOf(await startServer()), ...model);
    await asked(2);
    say('Maureen Ashby.');
    await asked(4);
    child.kill('SIGKILL');
    await end();
    expect(await callsOf(folder, 'm')).toEqual([
      [1, 1],
      [1, 2],
    ]);
  });

  it('asks nothing again after a line is taken back, and keeps what that line was answered', async () => {
    const server = await startServer();
    const folder = newFolder();
    const input = ['Maureen Ashby.', 'Oops.', '/undo', 'Green phlegm.', '/end'];
    expect((await chatWith(folder, envOf(server), input, ...model)).status).toBe(0);
    expect(server.count()).toBe(4);
    expect(await callsOf(folder, 'm')).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 3],
    ]);
    const { usage } = (await matrixSim(folder, 'report', 'c', '--json')).json() as {
      usage: { role: string; calls: number }[];
    };
    expect(usage).toMatchObject([{ role: 'agent', calls: 4 }]);
  });

  it('keeps what was said before a key was refused, and names the run', async () => {
    const server = await answering((ordinal) => (ordinal === 3 ? 'refuse' : undefined));
    const folder = newFolder();
    const said = ['Maureen Ashby.', 'Green phlegm.'];
    const { status, stderr } = await chatWith(folder, envOf(server), said, ...model);
    expect(status).toBe(3);
    expect(stderr).toContain('401');
    expect(stderr).toContain('show c/H01-D01/m/1');
    const attempt = await turnsOf(folder, 'm');
    expect(saidBy('patient', attempt)).toEqual(said);
    expect(saidBy('agent', attempt)).toHaveLength(2);
    expect(attempt).toMatchObject({ ending: 'agent-error', standing: 'incomplete' });
    expect(await callsOf(folder, 'm')).toHaveLength(2);
  });

  it.each([
    ['while the person is asked', 0],
    ['while the agent thinks', 400],
  ])('is stored and judged at Ctrl-C %s, like /end', async (_, latency) => {
    const folder = newFolder();
    const server = await startServer({ latency });
    const { child, say, asked, end } = begin(folder, envOf(server), ...model);
    await asked(2);
    say('I can’t get my breath, sat here doing nothing.');
    if (latency === 0) await asked(4);
    else await until(() => server.inFlight() === 1);
    child.kill('SIGINT');
    const { status, stdout } = await end();
    expect(status).toBe(0);
    expect(stdout).toContain('as run c');
    const { attempt, verdicts } = await shownOf(folder, 'm');
    expect(attempt).toMatchObject({ ending: 'patient-left', standing: 'valid' });
    expect(attempt?.turns.map(({ role }) => role)).toEqual(['agent', 'patient', 'agent']);
    expect(verdicts?.length).toBeGreaterThan(10);
  });
});

describe('chat --judge', () => {
  const judge = ['--judge', 'openai:judge'];
  const input = ['Maureen Ashby.', 'I can’t get my breath, sat here doing nothing.', '/end'];
  const jurorsOf = async (folder: string) =>
    (await shownOf(folder, 'careful')).verdicts?.map(({ jurors }) =>
      jurors.map(({ juror }) => juror),
    );
  const judgeRequests = ({ requests }: ModelServer) => requests.filter(isJudging);

  it('seats the jurors that are named', async () => {
    const server = await startServer({ answer: judgeThat(() => undefined) });
    const folder = newFolder();
    const flags = [...judge, '--judge', 'deterministic'];
    expect((await chatWith(folder, envOf(server), input, ...flags)).status).toBe(0);
    expect(judgeRequests(server)).toHaveLength(1);
    const jurors = await jurorsOf(folder);
    expect(jurors?.length).toBeGreaterThan(10);
    expect(new Set(jurors?.map((names) => names.join()))).toEqual(
      new Set(['openai:judge,deterministic']),
    );
  });

  it('keeps what was said where a juror cannot be asked, and lets it be judged later', async () => {
    const failing = await startServer({
      answer: (seen) =>
        isJudging(seen)
          ? { status: 400, body: { error: { message: 'bad', code: null } } }
          : undefined,
    });
    const folder = newFolder();
    const { status, stderr } = await chatWith(folder, envOf(failing), input, ...judge);
    expect(status).toBe(3);
    expect(stderr).toContain('judge run c');
    expect(saidBy('patient', await turnsOf(folder, 'careful'))).toEqual(input.slice(0, 2));
    expect(await jurorsOf(folder)).toBeUndefined();

    const mended = await startServer({ answer: judgeThat(() => undefined) });
    const again = await runMatrixSim(folder, envOf(mended), 'judge', 'run', 'c', ...judge);
    expect(again.status).toBe(0);
    expect((await jurorsOf(folder))?.length).toBeGreaterThan(10);
  });

  it('refuses a judge that is none, before anything is said', async () => {
    const { status, stdout, stderr } = await chat(newFolder(), input, '--judge', 'nobody');
    expect(status).toBe(2);
    expect(stderr).toContain('"nobody" is no judge');
    expect(stdout).not.toContain('Maureen Ashby');
  });
});
