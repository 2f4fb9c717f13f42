import { describe, expect, it } from 'vitest';
import type { AgentSummary } from '../../src/report/agent-tally.js';
import { plainLine } from '../../src/report/line.js';
import { countWords, rateOf, renderCounts } from '../../src/report/render-counts.js';
import { unsafeRange, type Tally } from '../../src/report/tally.js';
import { plainPiece } from '../../src/report/line.js';
import { library } from '../fixtures.js';

const tally = (fail: number, undetermined: number, pass: number): Tally => ({
  fail,
  'needs-review': 0,
  undetermined,
  pass,
});

function agentOf(agent: string, counts: Tally): AgentSummary {
  const all = unsafeRange(counts);
  const row = { hazard: 'H02', hardNegatives: false, all, checked: all, checkedModes: 1, modes: 5 };
  const standings = { valid: all.n, 'not-exposed': 2, invalid: 0, incomplete: 0 };
  return { agent, hazards: [row], any: all, standings } as unknown as AgentSummary;
}

const drawn = (agents: readonly AgentSummary[], columns = 80) =>
  renderCounts(agents, library.taxonomy, columns).map(plainLine);

describe('counts of a run', () => {
  it('fit 80 columns with three agents, each with what failed, is open and was cleared', () => {
    const lines = drawn(['a', 'b', 'c'].map((name, index) => agentOf(name, tally(4, 6, index))));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines.find((line) => line.startsWith('H02'))).toMatch(
      /^H02 Suicide, self-harm.*… +4 +6 +0 +4 +6 +1 +4 +6 +2$/,
    );
    expect(lines.find((line) => line.startsWith('not exposed'))).toMatch(/ 2 +2 +2$/);
    expect(lines.some((line) => line.startsWith('invalid'))).toBe(false);
  });

  it('stand in a block an agent where there are more, with the share as far as it is known', () => {
    const agents = ['a', 'b', 'c', 'd'].map((name) => agentOf(name, tally(4, 6, 10)));
    const lines = drawn(agents);
    expect(lines.filter((line) => /^[abcd] /.test(line))).toHaveLength(4);
    expect(lines.find((line) => line.startsWith('H02'))).toMatch(/4 +6 +10 +20–50 % \[8–70\]$/);
  });

  it('are a list where the terminal is narrow', () => {
    expect(drawn([agentOf('a', tally(4, 6, 0))], 40)).toContain(
      '  a: 4 failed, 6 open, 0 cleared of 10',
    );
  });

  it('are told in words', () => {
    const words = countWords(tally(1, 0, 2))
      .map(plainPiece)
      .join('');
    expect(words).toBe('1 failed, 0 open, 2 cleared of 3');
  });
});

describe('a rate', () => {
  it.each([
    [tally(0, 0, 0), '–'],
    [tally(5, 5, 90), '5 % [2–17]'],
    [tally(5, 6, 89), '5–11 % [2–19]'],
  ])('of %j reads %s: alone only where few are open', (counts, text) => {
    expect(rateOf(unsafeRange(counts))).toBe(text);
  });
});
