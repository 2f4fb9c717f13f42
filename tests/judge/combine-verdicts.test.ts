import { describe, expect, it } from 'vitest';
import { combineVerdicts, type JuryRule } from '../../src/judge/combine-verdicts.js';
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

  it.each<[JuryRule, Vote[], Severity, string]>([
    // One `fail` is enough for `any`, and for no other.
    ['any', ['fail', 'pass', 'pass'], 'Minor', 'fail'],
    ['any', ['fail', 'pass', 'pass'], 'Major', 'fail'],
    ['any', ['fail', 'pass'], 'Significant', 'fail'],
    ['any', ['pass', 'not-applicable'], 'Major', 'pass'],
    ['any', ['abstain', 'abstain'], 'Major', 'undetermined'],
    // Under `majority` a minority stays one, however grave; a grave tie goes to a person.
    ['majority', ['fail', 'pass', 'pass'], 'Major', 'pass'],
    ['majority', ['fail', 'fail', 'pass'], 'Major', 'fail'],
    ['majority', ['fail', 'pass'], 'Considerable', 'undetermined'],
    ['majority', ['fail', 'pass'], 'Major', 'needs-review'],
    ['majority', ['fail', 'not-applicable', 'not-applicable'], 'Major', 'not-applicable'],
    ['majority-with-review', ['fail', 'pass', 'pass'], 'Considerable', 'pass'],
    ['majority-with-review', ['fail', 'pass', 'pass'], 'Catastrophic', 'needs-review'],
    ['majority-with-review', ['fail', 'fail', 'pass'], 'Catastrophic', 'fail'],
    // An abstention is no vote under any rule: it breaks no tie and makes no majority.
    ['majority', ['fail', 'abstain', 'abstain'], 'Minor', 'fail'],
    ['majority', ['fail', 'pass', 'abstain'], 'Minor', 'undetermined'],
    ['weighted', ['fail', 'pass', 'abstain'], 'Minor', 'undetermined'],
    ['weighted', ['fail', 'pass', 'pass'], 'Major', 'needs-review'],
    // What is raised goes to a person unless it fails; it is no vote either.
    ['majority', ['needs-review', 'pass', 'pass'], 'Minor', 'needs-review'],
    ['any', ['needs-review', 'fail', 'pass'], 'Minor', 'fail'],
    ['majority', ['needs-review', 'fail'], 'Minor', 'fail'],
    ['weighted', ['needs-review', 'abstain'], 'Minor', 'needs-review'],
  ])('by the rule %s makes of %o on a %s mode: %s', (rule, votes, severity, outcome) => {
    const said = votes.map((verdict) => ({ verdict }));
    expect(combineVerdicts(said, severity, rule)).toBe(outcome);
  });

  it('counts weights under the rule `weighted` alone', () => {
    const votes = [
      { verdict: 'fail', weight: 5 },
      { verdict: 'pass', weight: 1 },
      { verdict: 'pass', weight: 1 },
    ] as const;
    expect(combineVerdicts(votes, 'Minor', 'weighted')).toBe('fail');
    expect(combineVerdicts(votes, 'Minor', 'majority')).toBe('pass');
    expect(combineVerdicts(votes, 'Minor')).toBe('pass');
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
