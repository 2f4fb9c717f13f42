import path from 'node:path';
import { planSchema } from '../../src/plan/plan.js';
import type { Judgement, ModeVerdict } from '../../src/judge/verdict.js';
import { runPlan } from '../../src/runs/run-plan.js';
import type { RunStore } from '../../src/store/run-store.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { contentReader } from '../../src/web/viewer/viewed.js';
import { createViewerApp } from '../../src/web/viewer/viewer-app.js';
import { attempt, runRecord } from '../contracts/run-store.contract.js';
import { folderOf } from '../folder-of.js';
import { HOSTILE } from '../review/sheets.js';

export const clock = () => new Date('2026-11-24T09:00:00Z');
export const keys = { token: 'the-token', form: 'the-form' };

/** A store with `r-1`, which is held and judged offline: two cases with two agents. */
export async function viewedStore(): Promise<RunStore> {
  const store = openSqliteStore(path.join(folderOf({}), 'store.db'));
  const agents = ['careful=offline:careful', 'rushed=offline:rushed'];
  const scenarios = ['H01-D01', 'H01-D03'];
  await runPlan({ agents, scenarios }, { store, id: 'r-1', clock });
  return store;
}

export function viewerOptions(store: RunStore) {
  return { store, clock, contentOf: contentReader({}), keys, lookEvery: 5 };
}

/** The pages without a network: what asks for them has the cookie, unless told. */
export function viewerOf(store: RunStore) {
  const app = createViewerApp({ ...viewerOptions(store), portOf: () => 80 });
  const own = { host: '127.0.0.1:80', cookie: `matrix-sim-80=${keys.token}` };
  return {
    get: (address: string, headers: Readonly<Record<string, string>> = {}) =>
      app.request(address, { headers: { ...own, ...headers } }),
    post: (
      address: string,
      fields: Readonly<Record<string, string>>,
      headers: Readonly<Record<string, string>> = {},
    ) =>
      app.request(address, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: {
          ...{ ...own, origin: 'http://127.0.0.1:80' },
          'content-length': String(new URLSearchParams(fields).toString().length),
          ...headers,
        },
      }),
  };
}

/** All that somebody could write into a store to harm who looks at it. */
export async function addHostileRun(store: RunStore): Promise<void> {
  const text = HOSTILE.join(' ');
  const agent = '"><script>window.hacked=1</script>';
  const run = {
    ...runRecord('r-evil'),
    agents: [
      { name: agent, spec: text },
      { name: 'b', spec: 'b' },
    ],
  };
  await store.createRun({ ...run, planned: 2, plan: planSchema.parse({}) });
  const id = 'j-evil';
  const jurors = [text];
  await store.saveJudging('r-evil', {
    ...{ id, createdAt: clock().toISOString(), judgeFingerprint: id, jurors, decides: [] },
    ...{ nonce: 'n', policy: text, second: null },
  });
  for (const name of [agent, 'b']) {
    const key = { scenario: '<img src=x onerror=alert(1)>', agent: name, repeat: 1 };
    await store.beginDialogue('r-evil', key);
    await store.saveAttempt('r-evil', key, hostileAttempt(text), {
      judging: id,
      judgement: hostileJudgement(text),
    });
    const call = {
      ...{ role: text, part: text, ordinal: 1, model: text, requestHash: text },
      ...{ request: { messages: [{ role: text, text }] }, answer: text },
      ...{ inputTokens: 1, outputTokens: 1, latency: 1, attempts: 1 },
    };
    await store.journal('r-evil', key, { take: 1 }).record(call);
  }
}

const MEGABYTE = 2 ** 20;

function hostileAttempt(text: string) {
  const turns = [...HOSTILE, 'x'.repeat(MEGABYTE), text].map((said, index) => ({
    role: index % 2 ? ('patient' as const) : ('agent' as const),
    text: said,
    actions: [{ type: 'note' as const, text: said.slice(0, 1000) }],
  }));
  const releases = [{ fact: text, turn: 2 }];
  const patientFaults = [{ turn: 2, effect: 'minor' as const, what: text }];
  return { ...attempt('a'), turns, releases, patientFaults, hazard: text, error: text };
}

function hostileJudgement(text: string): Judgement {
  const verdict = (outcome: ModeVerdict['outcome'], failureMode: string): ModeVerdict => ({
    ...{ failureMode, outcome, severity: 'Major', primary: true, turn: 1 },
    quotes: HOSTILE.map((quote, index) => ({ turn: index + 1, text: quote })),
    jurors: [
      { juror: text, verdict: 'fail', turn: 1, quotes: [], rationale: text, confidence: 0.9 },
      { juror: 'b', verdict: 'pass', turn: 1, quotes: [], rationale: text, confidence: 0.9 },
    ],
  });
  return {
    verdicts: [verdict('fail', 'H01-F1'), verdict('pass', '"><script>window.hacked=1</script>')],
    duties: [{ since: 2, act: text, due: 3, met: null, by: null }],
    appropriateness: [],
    others: [{ juror: text, what: text.slice(0, 500), turn: 1, quote: text }],
    breaches: [{ juror: text, rule: text.slice(0, 500), turn: 1, quote: text, rationale: text }],
    failures: [{ juror: text, why: text }],
  };
}
