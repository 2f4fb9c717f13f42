import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import type { ReplayTally } from '../../src/replay/replay-run.js';
import type { ScriptedAnswer, SeenRequest } from '../../tools/model-server/model-server.js';
import { startModelServer } from '../../tools/model-server/model-server.js';
import { envOf, run } from './hosted-run.js';
import { matrixSim, newFolder, runMatrixSim } from './matrix-sim.js';
import { judgeThat, soundFailure } from './scripted-judge.js';

interface Replayed extends ReplayTally {
  readonly changed: readonly { name: string; was: string; now: string }[];
}

async function replay(folder: string, ...args: string[]) {
  const { status, stderr, json } = await matrixSim(folder, 'replay', ...args, '--json');
  return { status, stderr, ...(json() as Replayed) };
}

/** A run in a new folder; its models answer only while it lasts. */
async function runThenStop(
  answer: (seen: SeenRequest) => ScriptedAnswer | undefined,
  ...flags: string[]
): Promise<string> {
  const server = await startModelServer({ answer });
  try {
    const { folder, status, stderr } = await run(server, ...flags);
    expect([status, stderr]).toEqual([0, expect.any(String)]);
    return folder;
  } finally {
    await server.close();
  }
}

/** The stand-in speaks a patient's lines, and understands nothing. */
const EAR = ['--ear', 'offline'];
const MODELS = ['--patient', 'openai:p', '--judge', 'openai:judge', '--second', 'openai:second'];
const judging = judgeThat((mode, asked) => (mode.endsWith('F1') ? soundFailure(asked) : undefined));

describe('replay run', () => {
  it('executes every dialogue of an offline run again, and its verdicts', async () => {
    const folder = newFolder();
    await matrixSim(folder, 'run', '--run-id', 'r', '--hazard', 'H01');
    const { status, planned, same, judged, differing } = await replay(folder, 'run', 'r');
    expect([status, differing]).toEqual([0, []]);
    expect(planned).toBeGreaterThan(30);
    expect([same, judged]).toEqual([planned, planned]);
  });

  it('needs no server and no key for a run by models, its ear, voice, review and jury', async () => {
    const scenarios = ['--scenario', 'H01-D01', '--scenario', 'H04-D02', '--scenario', 'H06-D03'];
    const agents = ['--agent', 'openai:a', '--agent', 'offline:careful'];
    for (const ear of [['--ear', 'openai:ear'], EAR]) {
      const flags = [...agents, ...MODELS, ...ear, ...scenarios];
      const folder = await runThenStop(judging, ...flags);
      const { status, simulated, judged } = await replay(folder, 'run', 'r');
      expect([status, simulated, judged]).toEqual([0, 6, 6]);
      const one = await replay(folder, 'dialogue', 'r/H01-D01/a/1');
      expect([one.status, one.planned, one.judged]).toEqual([0, 1, 1]);
    }
  });

  it('replays the try that counts of a dialogue that the patient spoiled before', async () => {
    let reviews = 0;
    const spoiling = ({ format }: SeenRequest) => {
      if (!JSON.stringify(format ?? '').includes('unanswered')) return undefined;
      reviews += 1;
      const faults = reviews > 1 ? [] : [{ turn: 2, effect: 'helped', what: 'told too much' }];
      return JSON.stringify({ faults, unanswered: [] });
    };
    const flags = ['--agent', 'offline:careful', '--patient', 'openai:p', ...EAR];
    const folder = await runThenStop(spoiling, ...flags, '--scenario', 'H01-D01');
    expect(reviews).toBe(2);
    expect(await replay(folder, 'run', 'r')).toMatchObject({ status: 0, simulated: 1 });
  });

  it('counts what an outage or an agent’s error ended apart, and does not execute it', async () => {
    const folder = newFolder();
    writeFileSync(path.join(folder, 'broken.mjs'), 'export default () => { throw new Error() };');
    const agents = ['--agent', 'module:./broken.mjs', '--agent', 'offline:late'];
    await matrixSim(folder, 'run', '--run-id', 'r', ...agents, '--scenario', 'H01-D01');
    const { status, same, outages } = await replay(folder, 'run', 'r');
    expect([status, same, outages]).toEqual([0, 1, { 'agent-error': 1 }]);
    const { stdout } = await matrixSim(folder, 'replay', 'run', 'r');
    expect(stdout).toContain('not re-executed  1, ended by an outage (1 agent-error)');
  });

  it('judges transcripts from elsewhere again, and says that it simulated none', async () => {
    const folder = newFolder();
    const turns = [
      { role: 'agent', text: 'Hello, how is your breathing today?' },
      { role: 'patient', text: 'I cannot breathe.' },
    ];
    writeFileSync(path.join(folder, 't.jsonl'), `${JSON.stringify({ id: 'one', turns })}\n`);
    await matrixSim(folder, 'judge', 'run', 't.jsonl', '--run-id', 'r');
    const { status, same, simulated, judged } = await replay(folder, 'run', 'r');
    expect([status, same, simulated, judged]).toEqual([0, 1, 0, 1]);
  });
});

describe('the first difference', () => {
  it('names the call and the words of a policy that was changed since', async () => {
    const folder = newFolder();
    const policy = path.join(folder, 'rules.md');
    writeFileSync(policy, 'The agent never names a dose. It always gives its name.\n');
    const judges = ['--judge', 'openai:judge', '--policy', policy];
    const one = await runThenStop(
      judging,
      ...['--agent', 'offline:careful', '--scenario', 'H01-D01', ...judges],
    );
    expect((await replay(one, 'run', 'r')).status).toBe(0);
    writeFileSync(policy, 'The agent never names a drug. It always gives its name.\n');
    const { status, differing, changed } = await replay(one, 'run', 'r');
    expect(status).toBe(4);
    expect(differing[0]?.where).toMatch(/^call 1 of policy rules\.md, messages\[\d\]\.text$/);
    expect(differing[0]?.was).toContain('never names a dose. It');
    expect(differing[0]?.now).toContain('never names a drug. It');
    expect(changed.map(({ name }) => name)).toEqual(['judge']);
  });

  it('names the turn and the words of a scenario that was changed since', async () => {
    const folder = newFolder();
    const library = path.join(folder, 'scenarios');
    cpSync('datasets/scenarios', library, { recursive: true });
    const plan = ['--scenario-library', library, '--scenario', 'H01-D01'];
    await matrixSim(folder, 'run', '--run-id', 'r', '--agent', 'offline:late', ...plan);
    const before = await matrixSim(folder, 'show', 'r/H01-D01/late/1', '--json');
    const { attempt } = before.json() as { attempt: { turns: { text: string }[] } };
    expect(attempt.turns.some(({ text }) => text.includes('since the weekend'))).toBe(true);
    const file = path.join(library, 'H01-D01.yaml');
    const yaml = readFileSync(file, 'utf8');
    writeFileSync(file, yaml.replaceAll('since the weekend', 'since my birthday'));
    const { stdout, status } = await matrixSim(folder, 'replay', 'run', 'r');
    expect(status).toBe(4);
    expect(stdout).toMatch(
      /First difference: r\/H01-D01\/late\/1, turn \d+, text\n {2}- .*weekend/,
    );
    expect(stdout).toMatch(/\n {2}\+ .*birthday/);
    expect(stdout).toMatch(/Changed since the run:\n {2}scenarios: /);
  });

  it.each([
    [
      'an altered answer',
      `update calls set answer = json_set(answer, '$.text', 'I never said so.') where role = 'patient'`,
      /^turn \d+, text$|^call \d+ of patient/,
    ],
    [
      'an altered request',
      `update calls set request = replace(request, '"seed"', '"need"')`,
      /^call 1 of patient, hash of its request/,
    ],
    [
      'a missing call',
      `delete from calls where role = 'patient-review'`,
      /^call 1 of patient-review$/,
    ],
    [
      'an altered verdict',
      `update verdicts set record = replace(record, '"outcome":"pass"', '"outcome":"fail"')`,
      /^verdict on [HX]\d\d(-F\d)?, outcome$/,
    ],
    [
      'an altered ending',
      `update attempts set record = replace(record, '"handed-over"', '"patient-left"')`,
      /^attempt, ending$/,
    ],
  ])('names %s', async (_, sql, where) => {
    const flags = ['--agent', 'offline:late', ...MODELS, ...EAR, '--scenario', 'H01-D01'];
    const folder = await runThenStop(judging, ...flags);
    const database = new Database(path.join(folder, '.matrix/store.db'));
    database.exec(sql);
    database.close();
    const { status, differing } = await replay(folder, 'run', 'r');
    expect([status, differing[0]?.where]).toEqual([4, expect.stringMatching(where)]);
  });
});

describe('replay', () => {
  it('names what it cannot find', async () => {
    const folder = newFolder();
    await matrixSim(folder, 'run', '--run-id', 'r', '--scenario', 'H01-D01');
    const command = (...args: string[]) => matrixSim(folder, 'replay', ...args);
    expect(await command('run', 'x')).toMatchObject({ status: 2 });
    expect((await command('dialogue', 'r/H01-D01/nobody/1')).stderr).toContain('nobody/1');
    expect((await command('run', 'r', '--judging', 'j-x')).stderr).toContain('no judging j-x');
  });

  it('replays an earlier judging, or the transcripts alone', async () => {
    const server = await startModelServer({ answer: judging });
    const { folder } = await run(server, '--agent', 'offline:late', '--scenario', 'H01-D01');
    const again = ['judge', 'run', 'r', '--judge', 'openai:judge'];
    await runMatrixSim(folder, envOf(server), ...again);
    await server.close();
    const { stdout } = await matrixSim(folder, 'show', 'r/H01-D01/late/1', '--json');
    const { judging: latest } = JSON.parse(stdout) as { judging: string };
    expect(await replay(folder, 'run', 'r', '--judging', latest)).toMatchObject({ judged: 1 });
    expect(await replay(folder, 'run', 'r')).toMatchObject({ status: 0, judged: 1 });
    expect(await replay(folder, 'run', 'r', '--no-judging')).toMatchObject({ judged: 0, same: 1 });
  });
});
