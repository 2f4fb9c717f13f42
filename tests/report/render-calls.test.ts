import { describe, expect, it } from 'vitest';
import type { Call } from '../../src/calls/call.js';
import { renderCalls } from '../../src/report/render-calls.js';

function call(role: string, text: string): Call {
  return {
    role,
    ordinal: 1,
    model: 'openai:m',
    requestHash: '0123456789abcdef',
    request: { messages: [{ role: 'user', text }] },
    answer: { text: 'Good day.', finish: 'complete', usage: null, attempts: 1, dropped: [] },
    inputTokens: 10,
    outputTokens: 2,
    latency: 12.5,
    attempts: 1,
  };
}

const first = { take: 1, calls: [call('agent', 'first')] };
const second = { take: 2, calls: [call('agent', 'second')] };
const later = { take: 0, calls: [call('juror openai:m (j-1)', 'later')] };
const headings = (lines: readonly string[]) => lines.filter((line) => line.startsWith('take'));

describe('renderCalls', () => {
  it('has no heading where a dialogue was held in one go', () => {
    const lines = renderCalls([first]);
    expect(headings(lines)).toEqual([]);
    expect(lines[0]).toMatch(/^agent 1 · openai:m · 13 ms · 10 tokens in, 2 out/);
  });

  it('puts each of several takes under its own heading', () => {
    const lines = renderCalls([later, first, second]);
    expect(headings(lines)).toEqual(['take 0: judged later', 'take 1', 'take 2']);
    const place = (part: string) => lines.findIndex((line) => line.includes(part));
    expect(place('juror openai:m (j-1) 1')).toBeLessThan(place('take 1'));
    expect(place('second')).toBeGreaterThan(place('take 2'));
  });

  it('says that calls of a judging alone were made later', () => {
    expect(headings(renderCalls([later]))).toEqual(['take 0: judged later']);
  });

  it('says so where no call left the process', () => {
    expect(renderCalls([])).toEqual(['no call of this dialogue left the process']);
  });
});
