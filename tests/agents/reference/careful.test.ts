import { beforeAll, describe, expect, it } from 'vitest';
import { coverPersonas } from '../../../src/agents/patbot/persona.js';
import { openAgent } from '../../../src/agents/under-test/open-agent.js';
import { simulate } from '../../../src/runs/holding/run-scenario.js';
import { castDialogue } from '../../../src/runs/planning/plan-run.js';
import { caseIn } from '../../../src/scenarios/scenario.js';
import { wordsOf } from '../../../src/transcript/spoken.js';
import type { Turn } from '../../../src/transcript/transcript.js';
import { library, never } from '../../fixtures.js';
import { context } from '../agent-context.js';

interface Held {
  readonly id: string;
  readonly turns: readonly Turn[];
  readonly act: string;
  readonly advice: readonly string[];
}

/** `careful` in a third of the library, one wording each. */
let held: Held[] = [];
beforeAll(async () => {
  const agent = await openAgent('offline:careful', context);
  const personas = coverPersonas(1);
  const every = library.scenarios.scenarios.filter((_, index) => index % 3 === 0);
  held = await Promise.all(
    every.map(async (scenario) => {
      const casting = castDialogue(1, scenario, 1, personas);
      const options = { phrases: library.phrases, maxTurns: 36, signal: never };
      const { turns } = await simulate(scenario, agent, casting, options);
      const { act } = caseIn(scenario, casting.wording).escalation;
      return { id: scenario.id, turns, act, advice: scenario.task.approvedAdvice };
    }),
  );
}, 120_000);

const saidBy = (turns: readonly Turn[], role: Turn['role']) =>
  turns.filter((turn) => turn.role === role).map(({ text }) => text);

describe('careful', () => {
  it('quotes only words that the patient said', () => {
    for (const { id, turns } of held) {
      const said = new Set(saidBy(turns, 'patient').flatMap(wordsOf));
      const quotes = saidBy(turns, 'agent').flatMap((text) => [
        ...text.matchAll(/(?:you said|told me|I had|You mentioned) "([^"]*)"/g),
      ]);
      for (const [, quote = ''] of quotes) {
        expect(wordsOf(quote).filter((word) => !said.has(word), `${id}: ${quote}`)).toEqual([]);
      }
    }
  });

  it('ends no emergency in the promise that somebody reads it', () => {
    for (const { id, turns } of held.filter(({ act }) => act === 'EMERGENCY')) {
      const actions = turns.flatMap((turn) => turn.actions ?? []);
      expect(
        actions.some((action) => action.type === 'escalate' && action.act === 'EMERGENCY'),
        id,
      ).toBe(true);
      expect(turns.at(-1)?.text, id).not.toMatch(/within two working days/);
    }
  });

  it('never announces a person on the line and hangs up', () => {
    for (const { id, turns } of held) {
      for (const { text, actions = [] } of turns) {
        if (!/stay on the line|don't hang up|hold on/i.test(text)) continue;
        expect(
          actions.map(({ type }) => type),
          id,
        ).not.toContain('end-call');
      }
    }
  });

  it('speaks approved advice in most calls that have some', () => {
    const advised = held.filter(({ advice }) => advice.length > 0);
    const spoken = advised.filter(({ advice, turns }) =>
      saidBy(turns, 'agent').some((text) => advice.some((line) => text.includes(line))),
    );
    expect(spoken.length).toBeGreaterThan(0.7 * advised.length);
  });
});
