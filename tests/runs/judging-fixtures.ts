import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Call } from '../../src/calls/call.js';
import type { BehvJudge } from '../../src/judge/behv-judge.js';
import { createLogger } from '../../src/logger.js';
import type { ModelServer, SeenRequest } from '../../tools/model-server/model-server.js';
import { judgeRun } from '../../src/runs/judging/judge-run.js';
import type { JudgeOutcome, JudgeRunOptions } from '../../src/runs/judging/judging-options.js';
import type { JudgingSource } from '../../src/runs/judging/judging-source.js';
import { hazardFinder } from '../../src/judge/find-hazards.js';
import { openJury, type JurySpec } from '../../src/judge/jury/open-jury.js';
import { planSchema, type PlanInput } from '../../src/plan/plan.js';
import { openRunModels } from '../../src/runs/holding/run-models.js';
import { executeRun } from '../../src/runs/holding/execute-run.js';
import { prepareRun } from '../../src/runs/holding/start-run.js';
import { openStoredRun } from '../../src/runs/judging/stored-run.js';
import type { DialogueKey, StoredDialogue } from '../../src/store/run-record.js';
import type { RunStore } from '../../src/store/run-store.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { library, never } from '../fixtures.js';

export const clock = () => new Date('2026-11-24T09:00:00Z');
export const context = { library, findHazards: hazardFinder(library.taxonomy) };
const logger = createLogger(undefined);

/** A store in memory, and a path beside which its batches are kept. */
export function newStore(): { store: RunStore; storeFile: string } {
  const store = openSqliteStore(':memory:');
  onTestFinished(() => store.close());
  return { store, storeFile: path.join(mkdtempSync(path.join(tmpdir(), 'judging-')), 'store.db') };
}

/** Holds four dialogues, `r-1`, which the deterministic judge has judged. */
export async function holdRun(store: RunStore, input: PlanInput = {}): Promise<void> {
  const plan = planSchema.parse({
    scenarios: ['H01-D01', 'H01-D02'],
    agents: ['offline:careful', 'offline:rushed'],
    ...input,
  });
  const run = { id: 'r-1', clock, ...openRunModels(plan, logger) };
  const prepared = await prepareRun(plan, library, run);
  await store.createRun(prepared.record);
  await executeRun(prepared, {
    store,
    clock,
    concurrency: 4,
    stop: never,
    signal: never,
    logger,
    onProgress: () => undefined,
  });
}

export async function storedRun(store: RunStore, id = 'r-1'): Promise<JudgingSource> {
  const run = await store.run(id);
  if (!run) throw new Error(`no run ${id}`);
  return openStoredRun(run, store, context);
}

/** Judges with a jury that is opened anew, as each command does. */
export async function judgeBy(
  jury: JurySpec,
  source: JudgingSource,
  options: Pick<JudgeRunOptions, 'store' | 'storeFile'> &
    Partial<JudgeRunOptions> & { readonly tokens?: number },
): Promise<JudgeOutcome & { readonly judge: BehvJudge }> {
  const limits = planSchema.parse({ tokenBudget: options.tokens, turnTimeout: 10 });
  const { models, budget } = openRunModels(limits, logger);
  const judge = await openJury(jury, library.taxonomy, models);
  const outcome = await judgeRun(source, {
    judge,
    budget,
    clock,
    concurrency: 2,
    stop: never,
    signal: never,
    logger,
    onBegin: () => undefined,
    onJudged: () => undefined,
    ...options,
  });
  return { ...outcome, judge };
}

export const specOf = ({ url }: ModelServer, model = 'gpt-4o-mini') => `openai:${model}@${url}/v1`;

/** The failure modes that a request asks about. */
export function modesAsked({ messages }: SeenRequest): string[] {
  const [, list = ''] = /as one JSON object: (.*)$/m.exec(messages.at(-1)?.text ?? '') ?? [];
  return list.split(', ');
}

/** A whole answer of a judge: a pass on every mode but those that `verdicts` decide. */
export function answerTo(
  seen: SeenRequest,
  verdicts: Readonly<Record<string, object>> = {},
): string {
  return JSON.stringify({
    verdicts: modesAsked(seen).map((mode) => ({
      mode,
      rationale: 'As due.',
      verdict: 'pass',
      turn: null,
      quotes: [],
      confidence: 0.9,
      ...verdicts[mode],
    })),
    appropriateness: null,
    other: [],
  });
}

export async function dialoguesOf(
  store: RunStore,
  judging?: string,
  run = 'r-1',
): Promise<StoredDialogue[]> {
  const all: StoredDialogue[] = [];
  for await (const dialogue of store.dialogues(run, judging)) all.push(dialogue);
  return all;
}

/** The calls of all judgings of a run. */
export async function callsOf(store: RunStore, run = 'r-1'): Promise<Call[]> {
  const dialogues = await dialoguesOf(store, undefined, run);
  const of = async (key: DialogueKey) => {
    const sittings = (await store.sittings(run, key)).filter((sitting) => 'judging' in sitting);
    return Promise.all(sittings.map((sitting) => store.calls(run, key, sitting)));
  };
  return (await Promise.all(dialogues.map(of))).flat(2);
}
