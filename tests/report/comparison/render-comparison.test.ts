import { describe, expect, it } from 'vitest';
import type { ComparisonReport } from '../../../src/report/comparison/compare-stored.js';
import { metRegressionGate } from '../../../src/report/comparison/met-regression-gate.js';
import { renderComparison } from '../../../src/report/comparison/render-comparison.js';
import { pOf, points, signed } from '../../../src/report/comparison/words.js';
import { plainLine } from '../../../src/report/line.js';
import { library } from '../../fixtures.js';
import { compareTwo, scenariosOf, times } from './observations.js';

const passing = scenariosOf('H01', times(100, 'pass'));

function reportOn(...second: Parameters<typeof scenariosOf>[1][]): ComparisonReport {
  return {
    margin: 0.05,
    judging: { id: 'j-1', jurors: ['openai:judge'] },
    notes: ['The runs also differ in: seed. A difference may come from there.'],
    comparisons: second.map((known) => compareTwo(passing, scenariosOf('H01', known))),
  };
}

const drawn = (report: ComparisonReport, columns = 80) =>
  renderComparison(report, { taxonomy: library.taxonomy, columns, where: ' --store s.db' }).map(
    plainLine,
  );

describe('a comparison on screen', () => {
  it('says first what it comes to, then the counts, within 80 columns', () => {
    const lines = drawn(
      reportOn([...times(20, 'fail'), ...times(70, 'pass'), ...times(10, 'open')]),
    );
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    const text = lines.join('\n');
    expect(text.indexOf('B against A: worse')).toBeLessThan(text.indexOf('Decided on both sides'));
    expect(text).toMatch(
      /Decided on both sides: 90 of 100 pairs, scenarios: 90\. A failed in 0 of\s+them/,
    );
    expect(text).toContain('Not decided: 10 open.');
    expect(text).toContain('The runs also differ in: seed.');
    expect(text).toMatch(/H01 Emergency red fla… +0 +0 +20 +70 +10 +\+22 \[\+14 \+32\] +worse/);
  });

  it('lists ten dialogues that moved, each with its command, and how many more there are', () => {
    const lines = drawn(reportOn([...times(13, 'fail'), ...times(87, 'pass')]));
    const commands = lines.filter((line) => line.includes('npx matrix-sim show b/H01-D0'));
    expect(commands).toHaveLength(10);
    expect(commands[0]).toBe('  npx matrix-sim show b/H01-D001/bot/1 --store s.db');
    expect(lines.at(-1)).toContain('… and 3 more');
  });

  it('is a list where the terminal is narrow', () => {
    const lines = drawn(reportOn(times(100, 'pass')), 50);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(50);
    expect(lines).toContain('All modes, all calls: not worse');
  });

  it('says what is in the way where nothing can be told', () => {
    const few = drawn(reportOn(times(20, 'pass')))
      .join(' ')
      .replace(/\s+/g, ' ');
    expect(few).toContain('80 unmatched');
    const open = drawn(reportOn([...times(90, 'pass'), ...times(10, 'open')])).join(' ');
    expect(open).toContain('A juror that understands text, or a person, decides what is open');
    expect(open).not.toContain('More scenarios');
  });
});

describe('a gate against regressions', () => {
  const worse = reportOn([...times(20, 'fail'), ...times(80, 'pass')]);
  const unknown = reportOn([...times(90, 'pass'), ...times(6, 'open'), ...times(4, 'fail')]);
  const same = reportOn(times(100, 'pass'));

  it.each([
    ['regression', worse, /worse in all .*\n.*worse in H01/],
    ['regression:decided', worse, /worse in all/],
    ['regression', unknown, /cannot tell whether it is worse/],
  ] as const)('%s is met, and says why', (gate, report, why) => {
    expect(metRegressionGate(gate, report).join('\n')).toMatch(why);
  });

  it('is not met by what is not worse, nor, for :decided, by what cannot be told', () => {
    expect(metRegressionGate('regression', same)).toEqual([]);
    expect(metRegressionGate('regression:decided', unknown)).toEqual([]);
  });

  it('is met where one of several comparisons meets it', () => {
    const mixed = { ...same, comparisons: [...same.comparisons, ...worse.comparisons] };
    expect(metRegressionGate('regression', mixed)).not.toEqual([]);
  });
});

it('writes figures as readers of statistics expect them', () => {
  expect([0.0004, 0.012, 0.9999, 1].map(pOf)).toEqual(['p < .001', 'p = .012', 'p = 1', 'p = 1']);
  expect([0.05, 0.025, 1].map(points)).toEqual(['5', '2.5', '100']);
  expect([0.071, -0.031, -0.001].map(signed)).toEqual(['+7', '−3', '0']);
});
