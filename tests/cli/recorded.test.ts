import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type {
  ModelServer,
  ScriptedAnswer,
  SeenRequest,
} from '../../tools/model-server/model-server.js';
import { startServer } from '../tools/model-server/start-server.js';
import { envOf } from './hosted-run.js';
import { matrixSim, newFolder, runMatrixSim } from './matrix-sim.js';
import { askedOf, judgeThat, soundFailure } from './scripted-judge.js';

const PLAN = `scenarios: [H01-D01, H01-D02]
agents: ['offline:careful', 'offline:rushed']
judges: [deterministic, 'recorded:rec']
`;
/** The same dialogues but one. */
const LESS = PLAN.replace('[H01-D01, H01-D02]', '[H01-D01]');
const FILES = ['answers.jsonl', 'recording.json', 'README.md'];

/** A judge that fails X01 with evidence, and passes the rest. */
const judging = judgeThat((mode, asked) => (mode === 'X01' ? soundFailure(asked) : undefined));
const start = (answer: (seen: SeenRequest) => ScriptedAnswer | undefined = judging) =>
  startServer({ answer: (seen) => answer(seen) });
const REFUSAL = { status: 400, headers: {}, body: { error: { message: 'not this one' } } };

function newPlan(text = PLAN): string {
  const folder = newFolder();
  writeFileSync(path.join(folder, 'plan.yaml'), text);
  return folder;
}

const recorded = (folder: string, server: ModelServer | undefined, ...words: string[]) =>
  runMatrixSim(folder, server ? envOf(server) : {}, 'recorded', ...words, '--json');
const fill = (folder: string, server: ModelServer, ...more: string[]) =>
  recorded(
    folder,
    server,
    'fill',
    'rec',
    '--judge',
    'openai:gpt-x',
    '--plan',
    'plan.yaml',
    ...more,
  );
const check = async (folder: string) => {
  const { status, json } = await recorded(folder, undefined, 'check', 'rec', '--plan', 'plan.yaml');
  return { status, ...(json() as object) };
};
const contents = (folder: string) =>
  FILES.map((file) => readFileSync(path.join(folder, 'rec', file), 'utf8'));
const linesOf = (folder: string) =>
  readFileSync(path.join(folder, 'rec/answers.jsonl'), 'utf8').trim().split('\n');

describe('recorded fill', () => {
  it('asks what is missing, keeps it as sorted lines, and the second time asks and changes nothing', async () => {
    const server = await start();
    const folder = newPlan();
    const filled = await fill(folder, server);
    expect(filled.status).toBe(0);
    expect(filled.json()).toMatchObject({ asked: 4, made: 4, removed: 0, missing: 0 });
    expect(linesOf(folder)).toHaveLength(4);
    expect(linesOf(folder)).toEqual([...linesOf(folder)].sort());
    const before = contents(folder);
    const calls = server.count();
    const again = await fill(folder, server);
    expect(again.json()).toMatchObject({ asked: 4, made: 0, removed: 0 });
    expect(server.count()).toBe(calls);
    expect(contents(folder)).toEqual(before);
  });

  it('names on the data card who answered, without the address of a server', async () => {
    const server = await start();
    const folder = newPlan();
    const judge = `openai:gpt-x@${server.url}/v1`;
    await recorded(folder, server, 'fill', 'rec', '--judge', judge, '--plan', 'plan.yaml');
    const [, facts = '', card = ''] = contents(folder);
    expect(JSON.parse(facts)).toMatchObject({ model: 'openai:gpt-x', makings: [{ made: 4 }] });
    expect(card).toContain('4 questions');
    expect(card).toContain('`openai:gpt-x`');
    expect(card).toContain('Made anew 0 times');
    expect(contents(folder).join('')).not.toContain('127.0.0.1');
  });

  it('removes what nobody asks any more, and leaves the rest to the byte', async () => {
    const server = await start();
    const folder = newPlan();
    await fill(folder, server);
    const before = linesOf(folder);
    writeFileSync(path.join(folder, 'plan.yaml'), LESS);
    expect(await check(folder)).toMatchObject({ status: 4, asked: 2, missing: 0, stale: 2 });
    expect((await fill(folder, server)).json()).toMatchObject({ asked: 2, made: 0, removed: 2 });
    expect(linesOf(folder)).toHaveLength(2);
    expect(linesOf(folder).every((line) => before.includes(line))).toBe(true);
    expect(await check(folder)).toMatchObject({ status: 0, stale: 0 });
  });

  it('keeps what was answered when a call fails, and then asks only the rest', async () => {
    const refused = { greeting: /^Hello/ };
    const server = await start((seen) => {
      const [first] = askedOf(seen).turns;
      return refused.greeting.test(first?.says ?? '') ? REFUSAL : judging(seen);
    });
    const folder = newPlan();
    const first = await fill(folder, server);
    refused.greeting = /^$/;
    const calls = server.count();
    const second = await fill(folder, server);
    const [before, after] = [first.json(), second.json()] as { made: number; failures: string[] }[];
    expect(first.status).toBe(3);
    expect(before?.failures).toEqual([expect.stringContaining('H01-D0')]);
    expect(before?.made).toBe(3);
    expect(second.status).toBe(0);
    expect((before?.made ?? 0) + (after?.made ?? 0)).toBe(4);
    expect(server.count() - calls).toBe(after?.made);
  });

  it('refuses a second model for the same folder', async () => {
    const server = await start();
    const folder = newPlan();
    await fill(folder, server);
    const words = ['fill', 'rec', '--judge', 'openai:other', '--plan', 'plan.yaml'];
    const { status, stderr } = await recorded(folder, server, ...words);
    expect(status).toBe(2);
    expect(stderr).toContain('answered by openai:gpt-x, not by openai:other');
  });
});

/** Answers the prompts that lie in a folder, as a reader of files would. */
function answerFiles(folder: string, verdictOn: (mode: string) => object = () => ({})) {
  for (const file of readdirSync(path.join(folder, 'asked/prompts'))) {
    const text = readFileSync(path.join(folder, 'asked/prompts', file), 'utf8');
    const { id, messages } = JSON.parse(text) as Pick<SeenRequest, 'messages'> & { id: string };
    const { modes } = askedOf({ messages } as SeenRequest);
    const verdicts = modes.map((mode) => ({
      ...{ mode, rationale: 'r', verdict: 'pass', turn: null, quotes: [], confidence: 0.9 },
      ...verdictOn(mode),
    }));
    const answer = { notes: '', verdicts, appropriateness: null, other: [] };
    writeFileSync(path.join(folder, `asked/answers/${id}.txt`), JSON.stringify(answer));
  }
}

const FROM = ['--plan', 'plan.yaml', '--from', 'asked'];
const writePrompts = (folder: string) =>
  recorded(folder, undefined, 'prompts', 'rec', '--plan', 'plan.yaml', '--out', 'asked');
const readAnswers = (folder: string, ...more: string[]) =>
  recorded(folder, undefined, 'answers', 'rec', ...FROM, ...more);

describe('recorded prompts and answers', () => {
  it('writes each prompt as it is put, with the form of the answer, and the same at the next call', async () => {
    const folder = newPlan();
    expect((await writePrompts(folder)).json()).toEqual({ asked: 4, missing: 4, again: 0 });
    const files = readdirSync(path.join(folder, 'asked/prompts'));
    const first = files.map((file) =>
      readFileSync(path.join(folder, 'asked/prompts', file), 'utf8'),
    );
    expect(JSON.parse(first[0] ?? '')).toMatchObject({
      messages: [{ role: 'system' }, { role: 'user' }],
      format: { name: 'verdicts', schema: { type: 'object' } },
    });
    await writePrompts(folder);
    const second = files.map((file) =>
      readFileSync(path.join(folder, 'asked/prompts', file), 'utf8'),
    );
    expect(second).toEqual(first);
  });

  it('reads answers back as far as they are there, and goes on when more come', async () => {
    const folder = newPlan();
    await writePrompts(folder);
    answerFiles(folder);
    const answers = path.join(folder, 'asked/answers');
    const [late = ''] = readdirSync(answers);
    const text = readFileSync(path.join(answers, late), 'utf8');
    writeFileSync(path.join(answers, late), ' \n');
    const some = await readAnswers(folder);
    expect(some.status).toBe(3);
    expect(some.json()).toMatchObject({ asked: 4, made: 3, missing: 1 });
    writeFileSync(path.join(answers, late), text);
    const rest = await readAnswers(folder);
    expect(rest.status).toBe(0);
    expect(rest.json()).toMatchObject({ made: 1, missing: 0 });
    const [, facts = '', card = ''] = contents(folder);
    expect(JSON.parse(facts)).toMatchObject({ model: 'unnamed', makings: [{ made: 4 }] });
    expect(card).toContain('a large language model (unnamed)');
  });

  it('tells which answers have a flaw, and writes prompts that ask again about those', async () => {
    const folder = newPlan();
    await writePrompts(folder);
    const quotes = [{ turn: 1, text: 'never said by anyone' }];
    answerFiles(folder, (mode) => (mode === 'X01' ? { verdict: 'fail', turn: 1, quotes } : {}));
    const read = await readAnswers(folder);
    expect(read.status).toBe(3);
    const { flaws } = read.json() as { flaws: string[] };
    expect(flaws).toHaveLength(4);
    expect(flaws[0]).toMatch(
      /^H01-D0\d\/\w+\/1: X01: No usable verdict: .*does not stand in turn 1/,
    );
    expect((await writePrompts(folder)).json()).toEqual({ asked: 4, missing: 4, again: 4 });
    const [file = ''] = readdirSync(path.join(folder, 'asked/prompts'));
    expect(readFileSync(path.join(folder, 'asked/prompts', file), 'utf8')).toContain(
      'verdicts that cannot be used',
    );
    answerFiles(folder);
    expect((await readAnswers(folder)).json()).toMatchObject({ missing: 0, flaws: [] });
    expect(
      linesOf(folder).map((line) => (JSON.parse(line) as { answers: [] }).answers.length),
    ).toEqual([2, 2, 2, 2]);
    expect(await check(folder)).toMatchObject({ status: 0 });
    expect((await writePrompts(folder)).json()).toMatchObject({ missing: 0 });
    expect(readdirSync(path.join(folder, 'asked/prompts'))).toEqual([]);
  });

  it('says where there are no prompts how to write them', async () => {
    const folder = newPlan();
    const { status, stderr } = await readAnswers(folder);
    expect(status).toBe(2);
    expect(stderr).toContain('recorded prompts');
  });
});

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

describe('recorded for a stored run', () => {
  it('refuses one that is not held to its end, and one of other agents', async () => {
    const server = await start();
    const folder = newFolder();
    await matrixSim(folder, 'run', '--scenario', 'H01-D01', '--agent', 'b=command:"cat"');
    const words = ['fill', 'rec', '--judge', 'openai:gpt-x', '--run'];
    const runs = (await matrixSim(folder, 'runs', '--json')).json() as { id: string }[];
    const other = await recorded(folder, server, ...words, runs[0]?.id ?? '');
    expect(other.status).toBe(2);
    expect(other.stderr).toContain('cannot judge b');
    expect(server.count()).toBe(0);
  });
});
