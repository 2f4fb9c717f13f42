// Speed by models: dialogues of 12 chat calls, a review of the patient and a judge's call, against a
// local server with 100 ms latency, as a ratio to the ideal (calls × latency ÷ concurrency), beside two
// bare loops over the same SDK. Server and client are processes of their own; the time runs from the
// first request to the last answer, so that start-up does not count.
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startModelServer } from '../build/tools/model-server/model-server.js';

const LATENCY = 100;
const here = import.meta.dirname;
const runs = (process.argv[2] ?? '32,128').split(',').map(Number);
// About eight seconds of ideal time each.
const dialoguesAt = (concurrency) => concurrency * 6;

const question =
  'Thank you, that is helpful to know. And how have you been sleeping over the last few nights?';
const verdictsOn = (messages) => {
  const [, list = ''] = /as one JSON object: (.+)$/m.exec(messages.at(-1).text) ?? [];
  const verdicts = list.split(', ').map((mode) => ({
    mode,
    rationale: 'The situation of this mode does not arise in the call.',
    verdict: 'not-applicable',
    turn: null,
    quotes: [],
    confidence: 0.9,
  }));
  return JSON.stringify({ notes: '', verdicts, appropriateness: null, other: [] });
};
const ANSWERS = {
  agent: () => question,
  review: () => '{"faults":[],"unanswered":[]}',
  judge: ({ messages, format }) => (format ? verdictsOn(messages) : '{"verdicts":[]}'),
};
const answer = (seen) => ANSWERS[seen.model]?.(seen);

async function measure(concurrency, client) {
  let [first, last, calls] = [undefined, 0, 0];
  const server = await startModelServer({
    latency: LATENCY,
    answer,
    onRequest: () => {
      first ??= performance.now();
      last = performance.now();
      calls += 1;
    },
  });
  const dialogues = dialoguesAt(concurrency);
  const env = { URL: server.url, DIALOGUES: dialogues, CONCURRENCY: concurrency };
  const used = await metered(client(server.url, dialogues, concurrency), env);
  await server.close();
  const wall = last + LATENCY - first;
  return {
    ratio: (calls * LATENCY) / concurrency / wall,
    cpu: used.cpu / calls,
    rss: used.rss,
    calls,
  };
}

function metered(args, env) {
  const child = spawn(process.execPath, ['--import', path.join(here, 'meter.mjs'), ...args], {
    cwd: mkdtempSync(path.join(tmpdir(), 'matrix-sim-bench-')),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  return new Promise((resolve, reject) =>
    child.on('exit', (code) =>
      code === 0
        ? resolve(JSON.parse(stderr.slice(stderr.lastIndexOf('@') + 1)))
        : reject(new Error(stderr)),
    ),
  );
}

const simulator = (url, dialogues, concurrency) => {
  const model = (name) => `openai:${name}@${url}/v1`;
  const scenarios = ['H01-D01', 'H01-D03', 'H04-D01', 'H04-D06', 'H05-D01', 'H05-D03'];
  return [
    path.join(here, '../dist/cli/main.js'),
    'run',
    ...[
      '--agent',
      `agent=${model('agent')}`,
      '--patient',
      model('patient'),
      '--judge',
      model('judge'),
    ],
    ...scenarios.flatMap((id) => ['--scenario', id]),
    ...['--repeats', Math.round(dialogues / scenarios.length), '--max-turns', 12],
    ...['--concurrency', concurrency, '--run-id', 'r', '--json'],
  ].map(String);
};

const CLIENTS = [
  ['bare loop over the SDK', () => [path.join(here, 'clients/sdk-loop.mjs')]],
  ['LangGraph, a node a call, over the SDK', () => [path.join(here, 'clients/langgraph-loop.mjs')]],
  ['matrix-sim run: simulated, checked, journalled, judged', simulator],
];

console.log(
  `${''.padEnd(56)}${runs.map((n) => `ratio at ${n}`.padStart(14)).join('')}  CPU ms a call  peak MB`,
);
for (const [name, client] of CLIENTS) {
  const results = [];
  for (const concurrency of runs) results.push(await measure(concurrency, client));
  const ratios = results.map(({ ratio }) => ratio.toFixed(2).padStart(14)).join('');
  const { cpu, rss } = results.at(-1);
  console.log(
    `${name.padEnd(56)}${ratios}  ${cpu.toFixed(2).padStart(13)}  ${rss.toFixed(0).padStart(7)}`,
  );
}
