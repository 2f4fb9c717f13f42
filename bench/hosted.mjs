// Speed by models: dialogues of 12 chat calls, a review of the patient and a judge's call, against a
// local server, as a ratio to the ideal (calls × latency ÷ concurrency), beside two bare loops over the
// same SDK. Server and client are processes of their own; the time runs from the first request to the
// last answer, so that start-up does not count. Arguments: concurrencies, latency in ms (0: calls a
// second in place of ratios).
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startModelServer } from '../build/tools/model-server/model-server.js';
import { answer } from './clients/model-answers.mjs';

const here = import.meta.dirname;
const runs = (process.argv[2] ?? '32,128').split(',').map(Number);
const LATENCY = Number(process.argv[3] ?? 100);
// At 100 ms about eight seconds of ideal time each.
const dialoguesAt = (concurrency) => Math.max(24, concurrency * (LATENCY < 50 ? 12 : 6));

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
    ratio: LATENCY > 0 ? (calls * LATENCY) / concurrency / wall : (calls / wall) * 1e3,
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
  `${''.padEnd(56)}${runs.map((n) => `${LATENCY > 0 ? 'ratio' : 'calls/s'} at ${n}`.padStart(14)).join('')}  CPU ms a call  peak MB`,
);
for (const [name, client] of CLIENTS) {
  const results = [];
  for (const concurrency of runs) results.push(await measure(concurrency, client));
  const ratios = results
    .map(({ ratio }) => ratio.toFixed(LATENCY > 0 ? 2 : 0).padStart(14))
    .join('');
  const { cpu, rss } = results.at(-1);
  console.log(
    `${name.padEnd(56)}${ratios}  ${cpu.toFixed(2).padStart(13)}  ${rss.toFixed(0).padStart(7)}`,
  );
}
