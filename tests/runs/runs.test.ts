import { describe, expect, it } from 'vitest';
import { coverPersonas, describePersona } from '../../src/agents/patbot/persona.js';
import { openAgent } from '../../src/agents/under-test/open-agent.js';
import { createLogger } from '../../src/logger.js';
import { castDialogue, planJobs, selectScenarios } from '../../src/runs/planning/plan-run.js';
import { planSchema, type PlanInput } from '../../src/plan/plan.js';
import { assertSameContents, contentsOf } from '../../src/runs/planning/contents.js';
import { assertSameJudge, resumedPlan } from '../../src/runs/planning/resume.js';
import { openRunModels } from '../../src/runs/holding/run-models.js';
import { executeRun } from '../../src/runs/holding/execute-run.js';
import { prepareRun } from '../../src/runs/holding/start-run.js';
import { runScenario } from '../../src/runs/holding/run-one.js';
import type { StoredDialogue } from '../../src/store/run-record.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { library, never, scenario } from '../fixtures.js';

const clock = () => new Date('2026-11-24T09:00:00Z');
const context = {
  id: 'r-1',
  clock,
  ...openRunModels(planSchema.parse({}), createLogger(undefined)),
};
const plan = (input: PlanInput = {}) => planSchema.parse(input);

async function runOnce(input: PlanInput): Promise<StoredDialogue[]> {
  const store = openSqliteStore(':memory:');
  const prepared = await prepareRun(plan(input), library, context);
  await store.createRun(prepared.record);
  await executeRun(prepared, {
    store,
    clock,
    concurrency: plan(input).concurrency,
    stop: never,
    signal: never,
    logger: createLogger(undefined),
    onProgress: () => undefined,
  });
  const all: StoredDialogue[] = [];
  for await (const dialogue of store.dialogues('r-1')) all.push(dialogue);
  await store.close();
  return all;
}

describe('a run', () => {
  const small = { hazards: ['H01', 'H11'], domains: ['D01', 'D02', 'D05'] };

  it('gives the same bytes from the same seed at any concurrency, and others from another', async () => {
    const one = await runOnce({ ...small, concurrency: 1 });
    const many = await runOnce({ ...small, concurrency: 16 });
    const other = await runOnce({ ...small, seed: 2 });
    expect(JSON.stringify(many)).toBe(JSON.stringify(one));
    expect(JSON.stringify(other)).not.toBe(JSON.stringify(one));
    expect(one).toHaveLength(21);
  });

  it('casts every agent alike, whatever the filters', async () => {
    const [careful, rushed] = await runOnce({ scenarios: ['H01-D01'] });
    expect(careful?.attempt?.persona).toEqual(rushed?.attempt?.persona);
    expect(careful?.attempt?.wording).toBe(rushed?.attempt?.wording);
    const [alone] = await runOnce({ scenarios: ['H01-D01'], agents: ['offline:careful'] });
    expect(JSON.stringify(alone)).toBe(JSON.stringify(careful));
  });

  it('casts from seed, scenario and repeat', () => {
    const cast = (seed: number, repeat: number) =>
      castDialogue(seed, scenario('H01-D01'), repeat, coverPersonas(1));
    expect(cast(1, 1)).toEqual(cast(1, 1));
    const casts = Array.from({ length: 20 }, (_, index) => cast(1, index + 1));
    expect(new Set(casts.map(({ persona }) => describePersona(persona))).size).toBeGreaterThan(3);
    expect(new Set(casts.map(({ wording }) => wording)).size).toBe(3);
    expect(casts.every(({ triggerTurn }) => triggerTurn % 2 === 0 && triggerTurn <= 10)).toBe(true);
  });

  it('casts only such patients as the case allows, and leaves the rest to chance', () => {
    const pinned = { ...scenario('H01-D01'), persona: { language: 'C' } as const };
    const cast = (repeat: number, from = scenario('H01-D01')) =>
      castDialogue(1, from, repeat, coverPersonas(1));
    for (let repeat = 1; repeat <= 10; repeat += 1) {
      const free = cast(repeat);
      const persona = { ...free.persona, language: 'C' };
      expect(cast(repeat, pinned)).toEqual({ ...free, persona });
    }
  });

  it('plans lazily', () => {
    const jobs = planJobs(
      library.scenarios.scenarios,
      [{ name: 'a', spec: 'a' }],
      { seed: 1, repeats: 1e9 },
      coverPersonas(1),
    );
    expect(jobs.next().value).toMatchObject({ key: { agent: 'a', repeat: 1 } });
  });
});

describe('selectScenarios', () => {
  const select = (input: PlanInput) => selectScenarios(library.scenarios.scenarios, plan(input));
  it('keeps what all filters keep', () => {
    expect(select({ hazards: ['H01'], domains: ['D03'] }).map(({ id }) => id)).toEqual([
      'H01-D03',
      'H01-D03-N1',
    ]);
  });
  it.each([
    [{ hazards: ['H99'] }, /no hazard H99/],
    [{ scenarios: ['H01-D01'], domains: ['D02'] }, /no scenario has all/],
    [{ maxTurns: 4 }, /before its trigger/],
    [{ failOn: ['rate(H99)>0.1'] }, /asks after a hazard that the run does not hold/],
    [{ failOn: ['severity>5'] }, /is no condition/],
  ])('refuses %o', (input, message) => {
    expect(() => select(input)).toThrow(message);
  });
});

describe('resuming', () => {
  const agents = ['offline:careful', 'offline:rushed', 'offline:late'];

  it('accepts what is equal, takes what decides nothing, and names what differs', async () => {
    const { record } = await prepareRun(plan({ hazards: ['H01'] }), library, context);
    const resumed = resumedPlan({ hazards: ['H01'], concurrency: 99, agents }, record);
    expect(resumed).toEqual({ ...record.plan, concurrency: 99 });
    expect(() => resumedPlan({ repeats: 3 }, record)).toThrow(/repeats 3 differs from run r-1/);
    expect(() => resumedPlan({ agents: ['offline:careful'] }, record)).toThrow(/agents/);
  });

  it.each(contentsOf(library, []))('refuses another text of $name', async ({ name }) => {
    const { record } = await prepareRun(plan(), library, context);
    expect(() => assertSameContents(record, record.contents)).not.toThrow();
    const contents = record.contents.map((content) =>
      content.name === name ? { ...content, fingerprint: '0123456789' } : content,
    );
    expect(() => assertSameContents({ ...record, contents }, record.contents)).toThrow(
      `run r-1 was made with ${name}`,
    );
  });

  it('compares nothing that an older record does not name', async () => {
    const { record } = await prepareRun(plan(), library, context);
    expect(() => assertSameContents({ id: 'r', contents: [] }, record.contents)).not.toThrow();
  });
});

describe('resuming under another judge', () => {
  it('is refused: the rates would mix two', () => {
    const judging = {
      id: 'j',
      createdAt: '',
      judgeFingerprint: 'old',
      jurors: [],
      decides: [],
      nonce: null,
      policy: null,
      second: null,
    };
    expect(() => assertSameJudge('r', [judging], { fingerprint: 'old' })).not.toThrow();
    expect(() => assertSameJudge('r', [], { fingerprint: 'new' })).not.toThrow();
    expect(() => assertSameJudge('r', [judging], { fingerprint: 'new' })).toThrow(/another judge/);
  });
});

describe('runScenario', () => {
  it('holds and judges one scenario without a store', async () => {
    const { attempt, verdicts } = await runScenario('H01-D01', {
      agent: await openAgent('offline:careful'),
      library,
    });
    expect(attempt.standing).toBe('valid');
    expect(verdicts?.find(({ failureMode }) => failureMode === 'H01-F1')?.outcome).toBe('pass');
  });
});
