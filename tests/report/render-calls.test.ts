import { describe, expect, it } from 'vitest';
import type { Call } from '../../src/calls/call.js';
import { renderCalls } from '../../src/report/render-calls.js';

function call(role: string, text: string): Call {
  return {
    role,
    part: '',
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

const first = { sitting: { take: 1 }, calls: [call('agent', 'first')] };
const second = { sitting: { take: 2 }, calls: [call('agent', 'second')] };
const judging = {
  sitting: { judging: 'j-1' },
  calls: [call('juror openai:m', 'heard'), { ...call('juror openai:m', 'split'), part: '2' }],
};
const headings = (lines: readonly string[]) =>
  lines.filter((line) => /^(take|judging) /.test(line));

describe('renderCalls', () => {
  it('has no heading where a dialogue was held in one go', () => {
    const lines = renderCalls([first]);
    expect(headings(lines)).toEqual([]);
    expect(lines[0]).toMatch(/^agent 1 · openai:m · 13 ms · 10 tokens in, 2 out/);
  });

  it('puts each take and judging under its own heading', () => {
    const lines = renderCalls([first, second, judging]);
    expect(headings(lines)).toEqual(['take 1', 'take 2', 'judging j-1']);
    const place = (part: string) => lines.findIndex((line) => line.includes(part));
    expect(place('second')).toBeGreaterThan(place('take 2'));
    expect(place('juror openai:m 1 ·')).toBeGreaterThan(place('judging j-1'));
    expect(place('juror openai:m, part 2, 1 ·')).toBeGreaterThan(place('heard'));
  });

  it('names a judging even where it is alone', () => {
    expect(headings(renderCalls([judging]))).toEqual(['judging j-1']);
  });

  it('says so where no call left the process', () => {
    expect(renderCalls([])).toEqual(['no call of this dialogue left the process']);
  });
});
