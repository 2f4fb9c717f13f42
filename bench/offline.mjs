// Offline speed, each size in a process of its own: CPU and wall time a dialogue, peak memory, and the
// time of a report. Ratios of one run are what to compare; single times depend on the machine.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const main = path.resolve(import.meta.dirname, '../dist/cli/main.js');
const sizes = (process.argv[2] ?? '1000,10000').split(',').map(Number);
// `short`: scenarios whose cue comes by turn 6, ended there; so that 100,000 take minutes.
const isShort = process.argv[3] === 'short';
const library = path.resolve(import.meta.dirname, '../datasets/scenarios');
const isEarly = (file) => / byTurn: [46]$/m.test(readFileSync(path.join(library, file), 'utf8'));
const files = readdirSync(library).filter((file) => file.endsWith('.yaml'));
const kept = isShort ? files.filter(isEarly) : files;
const short = kept.flatMap((file) => ['--scenario', path.basename(file, '.yaml')]);
const folder = mkdtempSync(path.join(tmpdir(), 'matrix-sim-bench-'));

const meter = path.join(import.meta.dirname, 'meter.mjs');

const measure = (args) => {
  const options = { cwd: folder, encoding: 'utf8', maxBuffer: 1e9 };
  const { stderr, status } = spawnSync(
    process.execPath,
    ['--import', meter, main, ...args],
    options,
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stderr.slice(stderr.lastIndexOf('@') + 1));
};

const rows = sizes.map((size) => {
  // Scenarios × 2 agents a repeat; the run is cut by repeats, the size reported is the true one.
  const each = 2 * kept.length;
  const repeats = Math.max(1, Math.round(size / each));
  const dialogues = repeats * each;
  const store = `${size}.db`;
  const agents = ['--agent', 'offline:careful', '--agent', 'offline:late'];
  const run = measure([
    'run',
    ...agents,
    ...(isShort ? [...short, '--max-turns', '6'] : []),
    '--repeats',
    String(repeats),
    '--store',
    store,
    '--run-id',
    'r',
    '--json',
  ]);
  const report = measure(['report', 'r', '--store', store, '--json']);
  const verify = measure(['verify', 'r', '--store', store, '--json']);
  const stored = statSync(path.join(folder, store)).size;
  return { dialogues, run, report, verify, stored };
});

console.log(
  'dialogues  CPU ms a dialogue  dialogues/s  peak MB  store MB  report s  report peak MB  verify s  verify peak MB',
);
for (const { dialogues, run, report, verify, stored } of rows) {
  const cells = [
    String(dialogues).padStart(9),
    (run.cpu / dialogues).toFixed(2).padStart(17),
    ((dialogues / run.wall) * 1000).toFixed(0).padStart(11),
    run.rss.toFixed(0).padStart(7),
    (stored / 1e6).toFixed(0).padStart(8),
    (report.wall / 1000).toFixed(1).padStart(8),
    report.rss.toFixed(0).padStart(14),
    (verify.wall / 1000).toFixed(1).padStart(8),
    verify.rss.toFixed(0).padStart(14),
  ];
  console.log(cells.join('  '));
}
const [first, last] = [rows[0], rows.at(-1)];
if (first !== last) {
  const ratio = (of) => (of(last) / of(first)).toFixed(2);
  console.log(
    `ratios, ${last.dialogues} ÷ ${first.dialogues}: CPU a dialogue ${ratio(({ run, dialogues }) => run.cpu / dialogues)}, peak memory ${ratio(({ run }) => run.rss)}`,
  );
}
