import { describe, expect, it } from 'vitest';
import { topicsHeard } from '../../src/agents/patbot/ear/model-ear.js';
import type { Call } from '../../src/calls/call.js';
import { heardInCalls, hearByRules } from '../../src/web/viewer/what-was-heard.js';
import { dialogue, never, scenario } from '../fixtures.js';

const turns = dialogue('Hello, is that Maureen?', 'Yes.', 'Goodbye then.');

function earCall(text: string, ordinal: number): Call {
  return {
    ...{ role: 'ear', part: '', ordinal, model: 'openai:m', requestHash: '', request: {} },
    answer: { text, finish: 'complete', usage: null, attempts: 1, dropped: [] },
    ...{ inputTokens: null, outputTokens: null, latency: 1, attempts: 1 },
  };
}

describe('what the ear understood', () => {
  it('is heard again by rules, for turns that the patient answered', async () => {
    const heard = await hearByRules(turns, scenario('H01-D01'), never);
    expect([...heard.keys()]).toEqual([1]);
    expect(heard.get(1)?.acts).toContain('greets');
  });

  it('is read from the calls of a model, asked again where an answer could not be read', () => {
    const answer = { acts: ['asks-topic'], topics: [1], form: 'yes-no', unclear: false };
    const calls = [earCall('no JSON', 1), earCall(JSON.stringify(answer), 2)];
    const heard = heardInCalls(turns, calls, scenario('H01-D01'));
    const [topic] = topicsHeard(scenario('H01-D01'));
    expect(heard.get(1)).toMatchObject({ topics: [topic], form: 'yes-no', understood: true });
    expect(heardInCalls(turns, [], scenario('H01-D01')).size).toBe(0);
  });
});
