// How long stores take: node bench/stores.mjs PLACE… (files, or postgres://USER@HOST/DATABASE)
import { openStore } from '../dist/store/open-store.js';

const DIALOGUES = 2000;
const AT_ONCE = 64;
const CALLS = 12;
const text = 'I have been short of breath since Sunday, and it is worse at night. '.repeat(4);

const plan = { agents: ['a=offline:careful'] };
const { planSchema } = await import('../dist/plan/plan.js');
const at = '2026-11-24T09:00:00.000Z';
const run = {
  ...{ id: 'bench', createdAt: at, packageVersion: '0.1.0', plan: planSchema.parse(plan) },
  ...{ agents: [{ name: 'a', spec: 'offline:careful' }], planned: DIALOGUES, contents: [] },
};
const judging = {
  ...{ id: 'j', createdAt: at, judgeFingerprint: 'f', jurors: [], decides: [] },
  ...{ nonce: null, second: null, policy: null },
};
const attempt = {
  turns: Array.from({ length: CALLS }, (_, index) => ({
    role: index % 2 ? 'patient' : 'agent',
    text: `${index} ${text}`,
  })),
  ...{ ending: 'agent-closed', standing: 'valid', hazard: 'H01', hardNegative: false },
  ...{ persona: null, wording: null, triggerTurn: null, releases: [], mishearings: null },
  ...{ realisedFaults: [], unrealisedFaults: 0, patientFaults: null, error: null },
};
const verdict = {
  ...{ failureMode: 'X09', outcome: 'pass', severity: 'Minor', primary: true, turn: null },
  ...{ quotes: [], jurors: [] },
};
const judgement = {
  verdicts: Array.from({ length: 20 }, (_, index) => ({ ...verdict, failureMode: `M${index}` })),
  ...{ duties: [], appropriateness: [], others: [], breaches: null, failures: [] },
};

async function hold(store, repeat) {
  const key = { scenario: 'S', agent: 'a', repeat };
  await store.beginDialogue(run.id, key);
  const journal = store.journal(run.id, key, { take: 1 });
  for (let ordinal = 1; ordinal <= CALLS; ordinal += 1) {
    const of = { role: 'agent', part: '', ordinal, model: 'm', requestHash: 'h'.repeat(64) };
    const said = { request: attempt.turns.slice(0, ordinal), answer: { text } };
    await journal.record({
      ...{ ...of, ...said, inputTokens: 1, outputTokens: 1, latency: 1, attempts: 1 },
    });
  }
  await store.saveAttempt(run.id, key, attempt, { judging: judging.id, judgement });
}

async function seconds(work) {
  const begun = performance.now();
  await work();
  return ((performance.now() - begun) / 1000).toFixed(2);
}

async function measure(place) {
  const store = await openStore(place, { make: true });
  await store.createRun(run);
  await store.saveJudging(run.id, judging);
  let next = 0;
  const held = await seconds(() =>
    Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (next < DIALOGUES) await hold(store, (next += 1));
      }),
    ),
  );
  const read = await seconds(async () => {
    for await (const dialogue of store.dialogues(run.id)) if (!dialogue.attempt) throw new Error();
  });
  const listed = await seconds(() =>
    store.findDialogues(run.id, undefined, { outcome: 'pass' }, { limit: 50 }),
  );
  const records = [];
  const evidence = await seconds(async () => {
    for await (const each of store.evidence(run.id)) records.push(...each.records);
  });
  await store.removeRun(run.id);
  const imported = await seconds(() =>
    store.importRun(
      (async function* () {
        yield* records;
      })(),
    ),
  );
  await store.removeRun(run.id);
  await store.close();
  console.log(
    `${place.replace(/:[^:@/]*@/, '@')}: ${DIALOGUES} dialogues of ${CALLS} calls, ${AT_ONCE} at once: held ${held} s, read ${read} s, a page of 50 ${listed} s, evidence ${evidence} s, imported (${records.length} records) ${imported} s`,
  );
}

for (const place of process.argv.slice(2)) await measure(place);
