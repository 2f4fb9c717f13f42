import { describe, expect, it } from 'vitest';
import { createLogger } from '../../src/logger.js';
import { planSchema, type PlanInput } from '../../src/plan/plan.js';
import { summariseStored } from '../../src/report/summarise-stored.js';
import { executeRun } from '../../src/runs/holding/execute-run.js';
import { resumeRun } from '../../src/runs/holding/begin-run.js';
import { openRunModels } from '../../src/runs/holding/run-models.js';
import { prepareRun, type PreparedRun } from '../../src/runs/holding/start-run.js';
import type { SampledOutcome } from '../../src/runs/sampling/sampled-outcome.js';
import { sampleStratum, type StoppingRule } from '../../src/runs/sampling/sample-stratum.js';
import { openSampler } from '../../src/runs/sampling/sampler.js';
import { strataOf } from '../../src/runs/sampling/strata.js';
import { dialogueId, type DialogueKey, type StoredDialogue } from '../../src/store/run-record.js';
import type { RunStore } from '../../src/store/run-store.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { DEFAULT_BANDS } from '../../src/taxonomy/likelihood-bands.js';
import { library, never } from '../fixtures.js';

const clock = () => new Date('2026-11-24T09:00:00Z');
const logger = createLogger(undefined);
const context = { id: 'r-1', clock, ...openRunModels(planSchema.parse({}), logger) };
const prepare = (input: PlanInput) => prepareRun(planSchema.parse(input), library, context);

function key(repeat: number, agent = 'bot'): DialogueKey {
  return { scenario: 's', agent, repeat };
}

const order = Array.from({ length: 40 }, (_, index) => key(index + 1));
const rule = (stop: Omit<StoppingRule, 'bands'>): StoppingRule => ({
  ...stop,
  bands: DEFAULT_BANDS,
});
const always = (outcome: SampledOutcome) => () => outcome;

describe('sampleStratum', () => {
  it('stops at the first look at which the interval is narrow enough', () => {
    const { drawn, stopped } = sampleStratum({ order }, always('fail'), rule({ untilWidth: 0.4 }));
    expect(stopped).toBe('narrow');
    expect(drawn).toEqual(order.slice(0, 10));
  });

  it('stops once both ends lie in one likelihood class', () => {
    const failing = sampleStratum({ order }, always('fail'), rule({ untilRating: true }));
    expect(failing).toMatchObject({ stopped: 'settled', next: [] });
    expect(failing.drawn.length).toBeLessThan(order.length);
    const clean = sampleStratum({ order }, always('pass'), rule({ untilRating: true }));
    expect(clean).toMatchObject({ stopped: 'all-drawn', drawn: order });
  });

  it('takes what nobody decided for a failure and for none, so that it never stops early', () => {
    const { stopped } = sampleStratum({ order }, always('open'), rule({ untilWidth: 0.9 }));
    expect(stopped).toBe('all-drawn');
  });

  it('asks for what a block lacks, and looks no further before it is there', () => {
    const known = (at: DialogueKey) => (at.repeat === 3 ? undefined : 'fail');
    expect(sampleStratum({ order }, known, rule({ untilWidth: 0.1 }))).toEqual({
      drawn: [],
      stopped: undefined,
      next: [order[2]],
    });
  });
});

describe('a sampler', () => {
  const stratum = (agent: string) => ({
    ...{ hazard: 'one', hardNegative: false, agent },
    order: order.map(({ repeat }) => key(repeat, agent)),
  });

  it('goes on with the other strata where a dialogue of one cannot be held', async () => {
    const sampler = openSampler(
      [stratum('a'), stratum('b')],
      new Map(),
      rule({ untilWidth: 0.1 }),
      () => true,
    );
    const held: string[] = [];
    for await (const next of sampler.keys) {
      held.push(dialogueId(next));
      sampler.settle(next, next.agent === 'a' && next.repeat === 2 ? undefined : 'fail');
    }
    expect(held.filter((id) => id.includes('/a/'))).toHaveLength(5);
    expect(held.filter((id) => id.includes('/b/')).length).toBeGreaterThan(20);
    expect(held.slice(0, 4)).toEqual(['s/a/1', 's/b/1', 's/a/2', 's/b/2']);
  });

  it('hands out nothing to those who wait once it has ended', async () => {
    const sampler = openSampler([stratum('a')], new Map(), rule({ untilWidth: 0.1 }), () => true);
    const asked = Array.from({ length: 7 }, () => sampler.keys.next());
    await asked[4];
    sampler.end();
    const answers = await Promise.all(asked);
    expect(answers.map(({ done }) => done)).toEqual([...Array<boolean>(5).fill(false), true, true]);
  });
});

describe('the order of a stratum', () => {
  const record = async (seed: number) =>
    (await prepare({ hazards: ['H01'], repeats: 3, untilWidth: 0.2, seed })).record;
  const ordered = async (seed: number, agent: string) =>
    strataOf(await record(seed))
      .filter((stratum) => stratum.agent === agent)
      .map((each) => each.order.map(({ scenario, repeat }) => `${scenario}/${repeat}`));

  it('is the same for every agent, and another for another seed', async () => {
    const careful = await ordered(1, 'careful');
    expect(await ordered(1, 'late')).toEqual(careful);
    expect(await ordered(2, 'careful')).not.toEqual(careful);
  });

  it('holds all that the plan names, hard negatives apart', async () => {
    const { planned, sampling } = await record(1);
    const strata = strataOf(await record(1));
    expect(strata.flatMap((each) => each.order)).toHaveLength(planned);
    expect(sampling?.strata.map(({ hardNegative }) => hardNegative)).toEqual([false, true]);
  });
});

describe('a plan that stops early', () => {
  it.each<[string, PlanInput, RegExp]>([
    ['no jurors', { judges: [], untilRating: true }, /no jurors/],
    ['a gate on every failure', { failOn: ['severity>=major'], untilWidth: 0.1 }, /every dialogue/],
    ['a gate on labels', { failOn: ['undetermined>0.3'], untilWidth: 0.1 }, /every dialogue/],
  ])('is refused with %s', async (_, input, message) => {
    await expect(prepare(input)).rejects.toThrow(message);
  });

  it('takes gates that a part of the plan can answer', async () => {
    const failOn = ['rate(H01)>0.1', 'severity>=major:decided'];
    const { record } = await prepare({ failOn, untilWidth: 0.1 });
    expect(record.sampling?.bands).toEqual(DEFAULT_BANDS);
  });
});

describe('a run that stops early', () => {
  const plan: PlanInput = {
    ...{ hazards: ['H01'], domains: ['D01', 'D02', 'D05', 'D07'], repeats: 5 },
    ...{ agents: ['offline:late', 'offline:careful'], untilWidth: 0.6 },
  };

  it('holds the same dialogues to the byte at any concurrency, and cut off and resumed', async () => {
    const one = await openRun({ ...plan, concurrency: 1 });
    await one.execute(1);
    const many = await openRun({ ...plan, concurrency: 8 });
    await many.execute(8);
    const cut = await openRun(plan);
    await cut.execute(3, 4);
    expect((await cut.dialogues()).length).toBeLessThan((await one.dialogues()).length);
    await cut.resume(8);
    const held = JSON.stringify(await one.dialogues());
    expect(JSON.stringify(await many.dialogues())).toBe(held);
    expect(JSON.stringify(await cut.dialogues())).toBe(held);
    const { left, sampling, completed, run } = await one.summary();
    expect(left).toBe(0);
    expect(sampling?.saved).toBeGreaterThan(0);
    expect(completed).toBe(run.planned - (sampling?.saved ?? 0));
  }, 120_000);
});

async function openRun(input: PlanInput) {
  const store = openSqliteStore(':memory:');
  const prepared = await prepare(input);
  await store.createRun(prepared.record);
  return {
    execute: (concurrency: number, most?: number) => execute(store, prepared, concurrency, most),
    resume: async (concurrency: number) =>
      execute(store, await resumeRun(store, 'r-1', {}, { clock, logger }), concurrency),
    dialogues: async () => {
      const all: StoredDialogue[] = [];
      for await (const dialogue of store.dialogues('r-1', (await store.judgings('r-1'))[0]?.id)) {
        all.push(dialogue);
      }
      return all;
    },
    summary: async () =>
      summariseStored(store, prepared.record, (await store.judgings('r-1'))[0], library.taxonomy),
  };
}

/** @param most dialogues after which it is stopped */
async function execute(store: RunStore, run: PreparedRun, concurrency: number, most = Infinity) {
  const stop = new AbortController();
  let held = 0;
  const onProgress = () => {
    held += 1;
    if (held >= most) stop.abort();
  };
  const options = { store, clock, concurrency, logger, onProgress };
  await executeRun(run, { ...options, stop: stop.signal, signal: never });
}
