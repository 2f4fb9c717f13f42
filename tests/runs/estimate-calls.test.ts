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

  it('counts turns of the agent, and what a patient by model hears, says and is reviewed for', () => {
    const jury = { jurors: ['deterministic'], policy: null };
    const patientCalls = (simulator: { patient?: string; ear?: string }) =>
      estimateCalls({ ...run, plan: { ...run.plan, ...simulator } }, jury).patientCalls;
    expect(estimateCalls(run, jury)).toMatchObject({ agentCalls: 50, patientCalls: 0 });
    expect(patientCalls({ patient: 'openai:p' })).toBe(90);
    expect(patientCalls({ patient: 'openai:p', ear: 'offline' })).toBe(50);
    expect(patientCalls({ ear: 'openai:e' })).toBe(40);
    expect(patientCalls({ ear: 'file:answers.jsonl' })).toBe(0);
  });
});
