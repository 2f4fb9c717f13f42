import { describe, expect, it } from 'vitest';
import { familyWarnings, renderJudging } from '../../src/report/render-judging.js';
import { summariseRun } from '../../src/report/summarise-run.js';
import type { Judging } from '../../src/store/run-record.js';
import type { CallUsage } from '../../src/store/run-store.js';
import { runRecord } from '../contracts/run-store.contract.js';
import { library } from '../fixtures.js';

const JUROR = 'openai:gpt-5-mini';

function judgingBy(id: string, jurors: string[], policy: string | null = null): Judging {
  return {
    id,
    createdAt: '2026-11-24T09:00:00.000Z',
    judgeFingerprint: id,
    jurors,
    decides: [],
    nonce: null,
    policy,
    second: null,
  };
}

const used = (role: string, model: string | null, inputTokens: number): CallUsage => ({
  role,
  model,
  calls: 1,
  inputTokens,
  outputTokens: 0,
});

/** The line on tokens of a judging with ten verdicts. */
async function tokenLine(judging: Judging, usage: readonly CallUsage[]) {
  async function* none() {
    yield* [];
    await Promise.resolve();
  }
  const summary = await summariseRun(
    runRecord('r-1'),
    judging,
    none(),
    library.taxonomy,
    [],
    usage,
  );
  const judged = { ...summary.judged, verdicts: 10, policy: null };
  return renderJudging({ ...summary, judged }).find((line) => line.startsWith('judging by models'));
}

describe('tokens a verdict', () => {
  const inRun = [
    used('agent', JUROR, 5000),
    used(`juror ${JUROR}`, JUROR, 300),
    used('juror openai:strong on 0a1b2c3d', 'openai:strong', 70),
  ];

  it('are those of the jurors, not of who was judged', async () => {
    const judging = judgingBy('j-1', [JUROR, 'openai:strong']);
    expect(await tokenLine(judging, inRun)).toContain('37 tokens a verdict, 10 verdicts');
  });

  it('leave out jurors of another judging', async () => {
    expect(await tokenLine(judgingBy('j-1', [JUROR]), inRun)).toContain('30 tokens a verdict');
    expect(await tokenLine(judgingBy('j-2', ['deterministic']), inRun)).toBeUndefined();
  });

  it('are those of a later judging where it has calls of its own', async () => {
    const both = [...inRun, used(`juror ${JUROR} (j-2)`, JUROR, 900)];
    expect(await tokenLine(judgingBy('j-2', [JUROR]), both)).toContain('90 tokens a verdict');
    expect(await tokenLine(judgingBy('j-1', [JUROR]), both)).toContain('30 tokens a verdict');
  });

  it('count the reading of the policy where the judging has that one', async () => {
    const both = [...inRun, used('policy ward.md', JUROR, 100)];
    const line = (policy: string | null) => tokenLine(judgingBy('j-1', [JUROR], policy), both);
    expect(await line('ward.md')).toContain('40 tokens a verdict');
    expect(await line('ward')).toContain('30 tokens a verdict');
    expect(await line(null)).toContain('30 tokens a verdict');
  });
});

describe('familyWarnings', () => {
  it('warn where a guard is of the agent’s family', () => {
    const agents = ['langchain:groq:llama-3.3-70b'];
    const jurors = ['llama-guard:llama-guard3@http://127.0.0.1:11434/v1'];
    expect(familyWarnings({ agents, jurors })).toEqual([expect.stringContaining('meta family')]);
    expect(familyWarnings({ agents: ['openai:gpt-5-mini'], jurors })).toEqual([]);
  });
});
