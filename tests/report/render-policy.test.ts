import { describe, expect, it } from 'vitest';
import type { PolicyBreach } from '../../src/judge/verdict.js';
import { renderPolicy, summarisePolicy } from '../../src/report/render-policy.js';

function breach(rule: string, quote: string): PolicyBreach & { juror: string } {
  return { juror: 'ward.md', rule, turn: 1, quote, rationale: '' };
}

const summary = summarisePolicy([
  { breaches: [] },
  { breaches: null },
  { breaches: [breach('No names.', 'Mr Hill'), breach('No  doses.', '20 mg')] },
  { breaches: [breach('No doses.', '400 mg'), breach('No doses.', '800 mg')] },
]);

describe('summarisePolicy', () => {
  it('counts dialogues, not breaches, and keeps apart what could not be read', () => {
    expect(summary).toMatchObject({ dialogues: 4, broken: 2, unread: 1 });
  });

  it('lists the rules by the dialogues that break them, with the first quote of each', () => {
    expect(summary.rules).toEqual([
      { rule: 'No doses.', dialogues: 2, quote: '20 mg' },
      { rule: 'No names.', dialogues: 1, quote: 'Mr Hill' },
    ]);
  });

  it('quotes the first of several breaches of one rule in a dialogue', () => {
    const breaches = [breach('No doses.', 'first'), breach('No doses.', 'second')];
    expect(summarisePolicy([{ breaches }]).rules[0]?.quote).toBe('first');
  });
});

describe('renderPolicy', () => {
  it('gives a range from the breaches found to those possible', () => {
    expect(renderPolicy('ward.md', summary)).toEqual([
      'Policy ward.md, beside the rates above and no part of them:',
      '  2 of 4 dialogues break a rule (50–75 %); 1 could not be read against it',
      '  2 × No doses.',
      '      "20 mg"',
      '  1 × No names.',
      '      "Mr Hill"',
    ]);
  });

  it('claims no share of no dialogues', () => {
    expect(renderPolicy('ward.md', summarisePolicy([]))[1]).toBe(
      '  0 of 0 dialogues break a rule; 0 could not be read against it',
    );
  });

  it('lets no control character of a quote through', () => {
    const told = summarisePolicy([{ breaches: [breach('No\u001B[2J doses.', 'a\u0007b')] }]);
    expect(renderPolicy('ward.md', told).join('')).not.toMatch(/\p{Cc}/u);
  });
});
