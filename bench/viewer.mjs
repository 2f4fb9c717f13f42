// Page times of the viewer over a large store: each page as it is asked for over HTTP, the median of
// five. The dialogues of one real run are stored again under as many repeats as it takes, as an import
// does. What fills the columns that filters look for is part of the time to write.
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runPlan } from '../dist/runs/run-plan.js';
import { openSqliteStore } from '../dist/store/sqlite/sqlite-store.js';
import { openViewer } from '../dist/web/viewer/open-viewer.js';
import { contentReader } from '../dist/web/viewer/viewed.js';

const size = Number(process.argv[2] ?? 100_000);
const folder = mkdtempSync(path.join(tmpdir(), 'matrix-sim-bench-'));
const [source, store] = ['real.db', 'large.db'].map((name) =>
  openSqliteStore(path.join(folder, name)),
);

const agents = ['careful=offline:careful', 'rushed=offline:rushed', 'late=offline:late'];
await runPlan({ agents }, { store: source, id: 'r' });
const real = [];
for await (const dialogue of source.dialogues('r')) real.push(dialogue);
const record = { ...(await source.run('r')), planned: size };
const [judging] = await source.judgings('r');

async function* records() {
  const { id, createdAt } = record;
  yield { kind: 'run', columns: { id, created_at: createdAt, record } };
  yield { kind: 'judging', columns: { run: id, id: judging.id, number: 0, record: judging } };
  for (let index = 0; index < size; index += 1) yield* dialogueRecords(index);
}

function* dialogueRecords(index) {
  const { scenario, agent, attempt, judgement } = real[index % real.length];
  const repeat = Math.floor(index / real.length) + 1;
  const dialogue = `${scenario}/${agent}/${repeat}`;
  const own = { run: record.id, dialogue };
  const key = { run: record.id, id: dialogue, scenario, agent, repeat, restarts: 0 };
  yield { kind: 'dialogue', columns: key };
  const held = { number: 1, standing: attempt.standing, record: attempt };
  yield { kind: 'attempt', columns: { ...own, ...held } };
  if (!judgement) return;
  const judged = { judging: judging.id, attempt: 1, record: judgement };
  yield { kind: 'verdicts', columns: { ...own, ...judged } };
}

const began = performance.now();
await store.importRun(records());
const wrote = (performance.now() - began) / 1000;
const megabytes = statSync(path.join(folder, 'large.db')).size / 2 ** 20;
console.log(`${size} dialogues written in ${wrote.toFixed(0)} s, ${megabytes.toFixed(0)} MB`);

const keys = { token: 't', form: 'f' };
const viewed = { store, clock: () => new Date(), contentOf: contentReader({}) };
const viewer = await openViewer({ ...viewed, keys, lookEvery: 1000 }, 0);
const { origin, port } = new URL(viewer.addressOf('/'));
const headers = { cookie: `matrix-sim-${port}=t` };

const middle = real[Math.floor(real.length / 2)];
const dialogue = `/runs/r/dialogues/${middle.scenario}/${middle.agent}/1`;
const pages = {
  'list of runs': '/',
  'a run, unfiltered': '/runs/r',
  'page after the middle': `/runs/r?after=${middle.scenario}/${middle.agent}/1`,
  failed: '/runs/r?outcome=fail',
  'one agent, one hazard, one domain': '/runs/r?agent=late&hazard=H04&domain=D05',
  'a failure mode': '/runs/r?mode=H01-F3',
  'a failure mode that never failed': '/runs/r?mode=H14-F1',
  'a severity that never was': '/runs/r?severity=Catastrophic',
  undecided: '/runs/r?undecided=yes',
  'disputed (none is)': '/runs/r?disputed=yes',
  'an ending that never was': '/runs/r?ending=budget',
  'a dialogue': dialogue,
  'two side by side': `${dialogue}?beside=${agents[0].split('=')[0]}`,
  'next to review': '/runs/r/review?by=osei',
  live: '/runs/r/live',
};

console.log(`${'page'.padEnd(36)}     ms     kB`);
for (const [name, page] of Object.entries(pages)) {
  const times = [];
  let bytes = 0;
  // The first one fills caches that every later one has.
  for (let turn = 0; turn < 6; turn += 1) {
    const asked = performance.now();
    const answer = await fetch(`${origin}${page}`, { headers, redirect: 'manual' });
    bytes = (await answer.text()).length;
    if (answer.status >= 400) throw new Error(`${page} gave ${answer.status}`);
    times.push(performance.now() - asked);
  }
  const [, , median] = times.slice(1).sort((a, b) => a - b);
  console.log(
    `${name.padEnd(36)} ${median.toFixed(0).padStart(6)} ${(bytes / 1000).toFixed(0).padStart(6)}`,
  );
}
await viewer.close();
await store.close();
await source.close();
