import { describe, expect, it } from 'vitest';
import { coverPersonas } from '../../src/agents/patbot/persona.js';
import { openAgent } from '../../src/agents/under-test/open-agent.js';
import { measureRealism } from '../../src/report/realism.js';
import { castDialogue } from '../../src/runs/planning/plan-run.js';
import { simulate } from '../../src/runs/holding/run-scenario.js';
import { distinctPairs, movingTypeTokenRatio } from '../../src/statistics/lexical.js';
import { quantile } from '../../src/statistics/quantile.js';
import type { StoredDialogue } from '../../src/store/run-record.js';
import { library, never } from '../fixtures.js';

const { scenarios } = library.scenarios;

/** The default run, without store and judge. */
async function* defaultRun(): AsyncGenerator<StoredDialogue> {
  const personas = coverPersonas(1);
  for (const name of ['careful', 'rushed', 'late']) {
    const agent = await openAgent(`offline:${name}`);
    for (const scenario of scenarios) {
      const casting = castDialogue(1, scenario, 1, personas);
      const options = { phrases: library.phrases, maxTurns: 36, signal: never };
      const attempt = await simulate(scenario, agent, casting, options);
      yield {
        scenario: scenario.id,
        agent: name,
        repeat: 1,
        attempts: 1,
        invalid: 0,
        spoiled: 0,
        restarts: 0,
        attempt,
        verdicts: undefined,
        judgement: undefined,
      };
    }
  }
}

describe('the patients of the default run', () => {
  // Facts that fit a question put either way round hold more words: diversity is further from the
  // reference than was aimed at (.76), and docs/patient.md says so.
  it('speak as much like people as README says', async () => {
    const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
    const metrics = await measureRealism(defaultRun(), byId);
    const value = (name: string) =>
      Number.parseFloat(metrics.find(({ metric }) => metric.startsWith(name))?.value ?? 'NaN');
    expect(value('turn length, words: median')).toBeGreaterThanOrEqual(5);
    expect(value('turn length, words: median')).toBeLessThanOrEqual(9);
    expect(value('turns of three words or fewer')).toBeGreaterThanOrEqual(22.8);
    expect(value('turns of three words or fewer')).toBeLessThanOrEqual(42);
    expect(value('lexical diversity')).toBeGreaterThanOrEqual(0.65);
    expect(value('lexical diversity')).toBeLessThanOrEqual(0.82);
    expect(value('oversharing')).toBeLessThan(5);
    expect(value('hidden-instruction leakage')).toBe(0);
    expect(value('trigger spoken by its turn')).toBeGreaterThanOrEqual(95);
    expect(
      metrics.find(({ metric }) => metric.startsWith('persona recovery'))?.value,
    ).toBeUndefined();
  });
});

describe('the measures', () => {
  it('are those of their sources', () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantile([], 0.5)).toBeUndefined();
    expect(movingTypeTokenRatio(['a', 'b', 'a', 'c'], 2)).toBe(1);
    expect(movingTypeTokenRatio(['a', 'a', 'b'], 2)).toBe(0.75);
    expect(movingTypeTokenRatio(['a'], 2)).toBeUndefined();
    expect(distinctPairs([['a', 'b', 'a', 'b']])).toBeCloseTo(2 / 3);
  });
});
