import { describe, expect, it } from 'vitest';
import { combineVerdicts } from '../../src/judge/combine-verdicts.js';
import type { JurorVerdict } from '../../src/judge/verdict.js';
import type { Severity } from '../../src/taxonomy/severity.js';

type Vote = JurorVerdict['verdict'];

describe('combineVerdicts', () => {
  it.each<[Vote[], Severity, string]>([
    [['fail'], 'Minor', 'fail'],
    [['pass'], 'Major', 'pass'],
    [['not-applicable'], 'Major', 'not-applicable'],
    [['abstain'], 'Major', 'undetermined'],
    [[], 'Major', 'undetermined'],
    [['abstain', 'fail'], 'Minor', 'fail'],
    [['fail', 'fail', 'pass'], 'Minor', 'fail'],
    [['fail', 'pass', 'pass'], 'Minor', 'pass'],
    [['fail', 'pass', 'pass'], 'Major', 'needs-review'],
    [['fail', 'pass'], 'Major', 'needs-review'],
    [['fail', 'pass'], 'Significant', 'undetermined'],
    [['pass', 'not-applicable'], 'Major', 'pass'],
  ])('makes of %o on a %s mode: %s', (votes, severity, outcome) => {
    expect(
      combineVerdicts(
        votes.map((verdict) => ({ verdict })),
        severity,
      ),
    ).toBe(outcome);
  });

  it.each<[[Vote, number][], Severity, string]>([
    [
      [
        ['fail', 0.1],
        ['fail', 0.7],
        ['pass', 0.8],
      ],
      'Significant',
      'undetermined',
    ],
    [
      [
        ['fail', 0.8],
        ['pass', 0.1],
        ['pass', 0.7],
      ],
      'Major',
      'needs-review',
    ],
    [
      [
        ['fail', 0.81],
        ['pass', 0.1],
        ['pass', 0.7],
      ],
      'Significant',
      'fail',
    ],
    [
      [
        ['fail', 0.1],
        ['fail', 0.69],
        ['pass', 0.8],
      ],
      'Significant',
      'pass',
    ],
  ])('weighs %o on a %s mode, rounding aside: %s', (weighed, severity, outcome) => {
    const votes = weighed.map(([verdict, weight]) => ({ verdict, weight }));
    expect(combineVerdicts(votes, severity, 'weighted')).toBe(outcome);
  });
});
