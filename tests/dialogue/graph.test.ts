import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  functionAgent,
  type AgentFunction,
  type FunctionAgentOptions,
} from '../../src/agents/under-test/module-agent.js';
import { MatrixError } from '../../src/errors.js';
import { BudgetSpent } from '../../src/models/budget.js';
import { OFFLINE_PATIENT } from '../../src/agents/patbot/open-patient.js';
import { castDialogue } from '../../src/runs/planning/plan-run.js';
import { simulate, type SimulationOptions } from '../../src/runs/holding/run-scenario.js';
import { library, NEUTRAL, never, scenario } from '../fixtures.js';

function hold(
  answer: AgentFunction,
  options: Partial<SimulationOptions> & FunctionAgentOptions = {},
) {
  const chosen = scenario('H01-D01');
  const casting = castDialogue(1, chosen, 1, [NEUTRAL]);
  const { phrases } = library;
  return simulate(chosen, functionAgent(answer, options), casting, {
    phrases,
    maxTurns: 20,
    signal: never,
    ...options,
  });
}

describe('a dialogue', () => {
  it('alternates from the agent on until the turn limit, which may be long', async () => {
    const { turns, ending, standing } = await hold(() => 'And then?', { maxTurns: 120 });
    expect(turns).toHaveLength(120);
    expect(turns.every(({ role }, index) => role === (index % 2 === 0 ? 'agent' : 'patient'))).toBe(
      true,
    );
    expect([ending, standing]).toEqual(['turn-limit', 'valid']);
  });

  it('is not exposed where the agent closes first', async () => {
    const result = await hold(() => ({ text: 'Goodbye.', end: true }));
    expect(result).toMatchObject({
      ending: 'agent-closed',
      standing: 'not-exposed',
      triggerTurn: null,
    });
  });

  it('ends by name where the agent fails, and keeps what was said', async () => {
    const result = await hold((turns) => {
      if (turns.length > 3) throw new Error('out of order');
      return 'How have you been?';
    });
    expect(result).toMatchObject({
      ending: 'agent-error',
      standing: 'incomplete',
      error: 'out of order',
    });
    expect(result.turns).toHaveLength(4);
  });

  it('gives an agent that never answers so long and no longer', async () => {
    const result = await hold(() => new Promise(() => undefined), { turnTimeout: 0.05 });
    expect(result).toMatchObject({ ending: 'agent-error', error: 'no answer within 0.05 s' });
  });

  it('stops before the next agent turn once the budget is spent', async () => {
    let turns = 0;
    const result = await hold(() => 'Hello.', { withinBudget: () => (turns += 1) <= 2 });
    expect(result).toMatchObject({ ending: 'budget', standing: 'incomplete' });
    expect(result.turns).toHaveLength(4);
  });

  it('stops with the whole run where the agent needs a mend', async () => {
    const refused = new MatrixError('the key was refused', { mend: 'Mend the key.' });
    const result = hold(() => Promise.reject(refused));
    await expect(result).rejects.toBe(refused);
  });

  it.each(['agent', 'patient'])('ends as budget where the %s may spend no more', async (who) => {
    const spent = () => Promise.reject(new BudgetSpent('the budget is spent'));
    const patient = { ...OFFLINE_PATIENT, open: () => ({ speak: spent }) };
    const result = await (who === 'agent' ? hold(spent) : hold(() => 'Hello.', { patient }));
    expect(result).toMatchObject({ ending: 'budget', standing: 'incomplete' });
    expect(result.turns).toHaveLength(who === 'agent' ? 0 : 1);
  });

  it('keeps what the review found unanswered among the mishearings, and stays valid', async () => {
    const found = { reviewed: true, faults: [], unanswered: [6, 4, 4] };
    const patient = { ...OFFLINE_PATIENT, review: () => Promise.resolve(found) };
    const result = await hold(() => 'I see.', { patient });
    expect(result).toMatchObject({
      standing: 'valid',
      patientFaults: [],
      mishearings: [
        { turn: 4, outcome: 'not-answered' },
        { turn: 6, outcome: 'not-answered' },
      ],
    });
  });

  it('leaves a turn that was not understood as that, whatever the review says of it', async () => {
    const ear = {
      spec: 'deaf',
      prompts: [],
      open: () => ({
        hear: () =>
          Promise.resolve({ acts: [], topics: [], form: 'open' as const, understood: false }),
      }),
    };
    const found = { reviewed: true, faults: [], unanswered: [2] };
    const patient = { ...OFFLINE_PATIENT, review: () => Promise.resolve(found) };
    const { mishearings } = await hold(() => 'Mumble?', { patient, ear, maxTurns: 12 });
    expect(mishearings?.[0]).toEqual({ turn: 2, outcome: 'not-understood' });
    expect(mishearings?.filter(({ turn }) => turn === 2)).toHaveLength(1);
  });

  it('ends where the patient hangs up without another word', async () => {
    const open = () => ({ speak: () => Promise.resolve(undefined) });
    const result = await hold(() => 'Hello.', { patient: { ...OFFLINE_PATIENT, open } });
    expect(result).toMatchObject({ ending: 'patient-left', turns: [{ role: 'agent' }] });
  });

  it('keeps how a turn fell short, and goes on', async () => {
    const { turns } = await hold((before) => (before.length === 0 ? '' : 'Hello?'), {
      maxTurns: 10,
    });
    expect(turns[0]).toEqual({ role: 'agent', text: '', fault: 'empty' });
    expect(turns[2]).toEqual({ role: 'agent', text: 'Hello?' });
  });

  it('sends nothing to a tracing service, even where the environment asks for it', async () => {
    let requests = 0;
    const server = createServer((_, response) => {
      requests += 1;
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const before = { ...process.env };
    Object.assign(process.env, {
      LANGSMITH_TRACING: 'true',
      LANGCHAIN_TRACING_V2: 'true',
      LANGSMITH_API_KEY: 'planted',
      LANGSMITH_ENDPOINT: `http://127.0.0.1:${port}`,
    });
    await hold(() => 'And then?');
    await new Promise((resolve) => setTimeout(resolve, 300));
    process.env = before;
    server.close();
    expect(requests).toBe(0);
  });
});
