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

const used = (
  judging: string | null,
  role: string,
  model: string | null,
  inputTokens: number,
): CallUsage => ({
  judging,
  role,
  model,
  calls: 1,
  inputTokens,
  outputTokens: 0,
  cachedTokens: 0,
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
  const usage = [
    used(null, 'agent', JUROR, 5000),
    used('j-1', `juror ${JUROR}`, JUROR, 300),
    used('j-1', 'juror openai:strong', 'openai:strong', 70),
    used('j-1', 'policy ward.md', JUROR, 100),
    used('j-2', `juror ${JUROR}`, JUROR, 900),
  ];

  it('are those of all that were heard in the judging, not of who was judged', async () => {
    const judging = judgingBy('j-1', [JUROR, 'openai:strong'], 'ward.md');
    expect(await tokenLine(judging, usage)).toContain('47 tokens a verdict, 10 verdicts');
  });

  it('leave out those of another judging, by the same jurors too', async () => {
    expect(await tokenLine(judgingBy('j-2', [JUROR]), usage)).toContain('90 tokens a verdict');
    expect(await tokenLine(judgingBy('j-3', ['deterministic']), usage)).toBeUndefined();
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
