import { describe, expect, it } from 'vitest';
import type { ModeVerdict } from '../../src/judge/verdict.js';
import { MishearingTally, renderMishearings } from '../../src/report/mishearing-tally.js';
import type { Attempt } from '../../src/store/run-record.js';
import { dialogue } from '../fixtures.js';

const verdict = (changes: Partial<ModeVerdict>): ModeVerdict => ({
  failureMode: 'H01-F1',
  outcome: 'fail',
  severity: 'Major',
  primary: true,
  turn: null,
  quotes: [],
  jurors: [],
  ...changes,
});
const attempt = (mishearings: Attempt['mishearings']) =>
  ({ turns: dialogue('a', 'b', 'c', 'd'), mishearings }) as Attempt;
const missed = (turn: number) => [{ turn, outcome: 'not-understood' as const }];

describe('MishearingTally', () => {
  it('counts turns, and leaves out dialogues whose failure rests on one', () => {
    const tally = new MishearingTally();
    tally.add(attempt(missed(2)), [verdict({ turn: 3 })]);
    tally.add(attempt(missed(2)), [verdict({ quotes: [{ turn: 2, text: 'b' }] })]);
    tally.add(attempt(missed(4)), [verdict({ turn: 3 })]);
    tally.add(attempt([]), [verdict({ outcome: 'pass' })]);
    const found = tally.summary();
    expect(found).toMatchObject({ patientTurns: 8, notUnderstood: 3, notAnswered: 0, resting: 2 });
    expect([found?.unsafe.low, found?.without.low]).toEqual([0.75, 0.5]);
    expect(renderMishearings(found).join(' ')).toContain('without 2 dialogues');
  });

  it('says nothing of attempts that recorded nothing', () => {
    const tally = new MishearingTally();
    tally.add(attempt(null), [verdict({})]);
    expect(tally.summary()).toBeUndefined();
    expect(renderMishearings(undefined)).toEqual([]);
  });
});
