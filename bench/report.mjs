// The page of a report: how long it takes to write, and how large it is, over at least 2,100 dialogues
// held and judged offline. Rationales of models are longer than those of rules: the page of a run judged
// by a model is larger.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const main = path.resolve(import.meta.dirname, '../dist/cli/main.js');
const meter = path.join(import.meta.dirname, 'meter.mjs');
const wanted = Number(process.argv[2] ?? 2100);
const folder = mkdtempSync(path.join(tmpdir(), 'matrix-sim-bench-'));

const measure = (...args) => {
  const options = { cwd: folder, encoding: 'utf8', maxBuffer: 1e9 };
  const { stderr, status } = spawnSync(
    process.execPath,
    ['--import', meter, main, ...args],
    options,
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stderr.slice(stderr.lastIndexOf('@') + 1));
};

// 171 scenarios × 3 agents a repeat.
const repeats = Math.ceil(wanted / 513);
const agents = ['careful', 'late', 'rushed'].flatMap((name) => ['--agent', `offline:${name}`]);
measure('run', ...agents, '--repeats', String(repeats), '--run-id', 'r', '--json');
const { wall, cpu, rss } = measure('report', 'r', '--html', 'r.html');
const megabytes = statSync(path.join(folder, 'r.html')).size / 1e6;
console.log('report --html: dialogues  wall s  CPU s  peak MB  page MB');
console.log(
  [
    String(repeats * 513).padStart(24),
    (wall / 1000).toFixed(1).padStart(6),
    (cpu / 1000).toFixed(1).padStart(5),
    rss.toFixed(0).padStart(7),
    megabytes.toFixed(2).padStart(7),
  ].join('  '),
);
