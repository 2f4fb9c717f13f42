import { describe, expect, it } from 'vitest';
import { estimateCalls } from '../../src/runs/planning/estimate-calls.js';
import { runRecord } from '../contracts/run-store.contract.js';

const { plan } = runRecord('r-1');
const run = { plan: { ...plan, maxTurns: 9 }, planned: 10 };
const judgeCalls = (jurors: string[], policy: string | null = null) =>
  estimateCalls(run, { jurors, policy }).judgeCalls;

describe('estimateCalls', () => {
  it('counts a call a dialogue for each juror that is a model, whatever its kind', () => {
    expect(judgeCalls(['deterministic'])).toBe(0);
    expect(judgeCalls(['deterministic', 'openai:a', 'llama-guard:b@http://127.0.0.1:1/v1'])).toBe(
      20,
    );
  });

  it('counts another for the policy', () => {
    expect(judgeCalls(['openai:a'], 'ward.md')).toBe(20);
  });

  it('counts turns of the agent, and of a patient by model with its review', () => {
    const jury = { jurors: ['deterministic'], policy: null };
    expect(estimateCalls(run, jury)).toMatchObject({ agentCalls: 50, patientCalls: 0 });
    expect(
      estimateCalls({ ...run, plan: { ...run.plan, patient: 'openai:p' } }, jury).patientCalls,
    ).toBe(50);
  });
});
