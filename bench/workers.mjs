// How a run spreads over workers: node bench/workers.mjs postgres://USER@HOST/DATABASE [WORKERS…]
// The same run of dialogues by models, at 100 ms a call, by 1, 2 and 4 workers of 8 dialogues each; the
// time runs from the first request to the last. Calls wait, so that the cores of one machine suffice.
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { startModelServer } from '../build/tools/model-server/model-server.js';
import { answer } from './clients/model-answers.mjs';

const [store, ...counts] = process.argv.slice(2);
const main = path.resolve(import.meta.dirname, '../dist/cli/main.js');
const LATENCY = 100;
const env = { ...process.env, OPENAI_API_KEY: 'any' };

async function measure(workers) {
  const seen = [];
  const server = await startModelServer({
    latency: LATENCY,
    answer,
    onRequest: () => seen.push(performance.now()),
  });
  const model = (name) => `openai:${name}@${server.url}/v1`;
  const scenarios = ['H01-D01', 'H01-D03', 'H04-D01', 'H04-D06', 'H05-D01', 'H05-D03'];
  const queued = spawnSync(
    process.execPath,
    [
      ...[main, 'run', '--enqueue', '--store', store, '--max-turns', '12', '--repeats', '32'],
      ...['--agent', `agent=${model('agent')}`, '--patient', model('patient')],
      ...['--judge', model('judge'), ...scenarios.flatMap((id) => ['--scenario', id])],
    ],
    { env, encoding: 'utf8' },
  );
  if (queued.status !== 0) throw new Error(queued.stderr);
  const words = [main, 'worker', '--store', store, '--concurrency', '8', '--until-empty'];
  const ended = Array.from({ length: workers }, () => {
    const child = spawn(process.execPath, words, { env, stdio: 'ignore' });
    return new Promise((resolve) => child.on('exit', resolve));
  });
  await Promise.all(ended);
  await server.close();
  return { calls: seen.length, seconds: (seen.at(-1) + LATENCY - seen[0]) / 1000 };
}

console.log('workers  calls  seconds  calls/s  ratio to N × one');
let one;
for (const workers of (counts.length > 0 ? counts : ['1', '2', '4']).map(Number)) {
  const { calls, seconds } = await measure(workers);
  const rate = calls / seconds;
  one ??= rate / workers;
  const cells = [
    workers,
    calls,
    seconds.toFixed(1),
    rate.toFixed(0),
    (rate / (workers * one)).toFixed(2),
  ];
  console.log(
    cells.map((cell, index) => String(cell).padStart([7, 5, 7, 7, 16][index])).join('  '),
  );
}
