import { describe, expect, it } from 'vitest';
import type { Call } from '../../src/validity/judged-dialogue.js';
import { reliabilityOf } from '../../src/validity/reliability.js';

/** One juror's call on a mode, at a confidence. */
function call(
  failureMode: string,
  confidence: number,
  more: { withheld?: 'fail' | 'pass'; primary?: boolean } = {},
): Call {
  const { withheld, primary = true } = more;
  const verdict = withheld ? ('abstain' as const) : ('fail' as const);
  const said = { verdict, turn: 3, quotes: [], rationale: '', confidence };
  return {
    failureMode,
    outcome: withheld ? 'undetermined' : 'fail',
    primary,
    severity: 'Major',
    turn: 3,
    quotes: [],
    jurors: [{ juror: 'm', ...said, ...(withheld && { withheld }) }],
  };
}

const labels = { primary: new Map([['H01-F1', 3]]), secondary: new Map([['X02', 3]]) };
const rowsOf = (...calls: Call[]) =>
  reliabilityOf([{ labels, calls: new Map(calls.map((each) => [each.failureMode, each])) }]);

describe('reliability', () => {
  it('tells by tenths how often verdicts agree with the labels', () => {
    expect(rowsOf(call('H01-F1', 0.95), call('X09', 0.9), call('X01', 1))).toEqual([
      { from: 0.9, n: 3, right: 1, fails: 3, failsRight: 1 },
    ]);
  });

  it('counts what was withheld as what it said', () => {
    const withheld = [
      call('X01', 0.4, { withheld: 'fail' }),
      call('X03', 0.45, { withheld: 'pass' }),
    ];
    expect(rowsOf(...withheld)).toEqual([{ from: 0.4, n: 2, right: 1, fails: 1, failsRight: 0 }]);
  });

  it('leaves secondary failures and labels out', () => {
    expect(rowsOf(call('H01-F2', 0.8, { primary: false }), call('X02', 0.8))).toEqual([]);
  });
});
