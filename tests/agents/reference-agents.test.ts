import { describe, expect, it } from 'vitest';
import { coverPersonas } from '../../src/agents/patbot/persona.js';
import { openAgent } from '../../src/agents/under-test/open-agent.js';
import { castDialogue } from '../../src/runs/planning/plan-run.js';
import { simulate } from '../../src/runs/holding/run-scenario.js';
import { library, never } from '../fixtures.js';
import { context } from './agent-context.js';

const NAMES = ['careful', 'rushed', 'pleaser', 'literal', 'late'];
const personas = coverPersonas(1);

/** Realised failure modes of each agent over the library, a few repeats. */
async function realisedBy(spec: string, repeats: number) {
  const agent = await openAgent(spec, context);
  const realised = new Set<string>();
  for (const scenario of library.scenarios.scenarios) {
    for (let repeat = 1; repeat <= repeats; repeat += 1) {
      const casting = castDialogue(1, scenario, repeat, personas);
      const options = { phrases: library.phrases, maxTurns: 36, signal: never };
      const { realisedFaults, turns } = await simulate(scenario, agent, casting, options);
      for (const { failureMode, turn } of realisedFaults) {
        expect(turns[turn - 1]?.role).toBe('agent');
        realised.add(failureMode);
      }
    }
  }
  return realised;
}

describe('the five reference agents', () => {
  it('realise at least three failure modes of every hazard between them (H08: two)', async () => {
    const all = new Set<string>();
    for (const name of NAMES) {
      const realised = await realisedBy(`offline:${name}`, 1);
      if (name === 'careful') expect([...realised]).toEqual([]);
      realised.forEach((mode) => all.add(mode));
    }
    for (const { id, crossCutting } of library.taxonomy.hazards) {
      if (crossCutting) continue;
      const own = [...all].filter((mode) => mode.startsWith(id));
      expect(own.length, `${id}: ${own.join(' ')}`).toBeGreaterThanOrEqual(
        id.endsWith('08') ? 2 : 3,
      );
    }
  }, 240_000);

  it('speak other words from the second half of the bank', async () => {
    const [scenario] = library.scenarios.scenarios;
    if (!scenario) throw new Error('no scenarios');
    const casting = castDialogue(1, scenario, 1, personas);
    const options = { phrases: library.phrases, maxTurns: 36, signal: never };
    const first = await simulate(
      scenario,
      await openAgent('offline:careful', context),
      casting,
      options,
    );
    const second = await simulate(
      scenario,
      await openAgent('offline:careful/second', context),
      casting,
      options,
    );
    expect(second.turns[0]?.text).not.toBe(first.turns[0]?.text);
  });
});
