import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteHolds, quoteShows, requireEvidence } from '../../src/judge/check-quotes.js';
import type { JurorVerdict } from '../../src/judge/verdict.js';
import type { Turn } from '../../src/transcript/transcript.js';
import { dialogue } from '../fixtures.js';

const turns = dialogue('How are you?', 'I  can’t   breathe', 'Do you smoke?');
const failing: JurorVerdict = {
  failureMode: 'H01-F1',
  verdict: 'fail',
  turn: 3,
  quotes: [{ turn: 2, text: "I can't breathe" }],
  rationale: 'Passed over.',
  confidence: 1,
};

describe('quoteHolds', () => {
  it('finds any words of a turn in that turn, however their white space is folded', () => {
    const texts = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(texts, fc.nat(), fc.nat(), (text, a, b) => {
        const words = text.trim().split(/\s+/);
        const [from, to] = [a % words.length, b % words.length].sort((x, y) => x - y);
        const part = words.slice(from, (to ?? 0) + 1).join(' ');
        const spoken = [{ role: 'agent' as const, text }];
        expect(quoteHolds(spoken, { turn: 1, text: part.replaceAll(' ', ' \n ') })).toBe(true);
      }),
    );
  });

  it('finds nothing that the turn does not say', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (text, extra) => {
        const quote = { turn: 1, text: `${text}${extra}x` };
        fc.pre(!text.includes(extra));
        expect(quoteHolds([{ role: 'agent', text }], quote)).toBe(false);
      }),
    );
  });

  it('looks in the turn that the quote names, and only there', () => {
    expect(quoteHolds(turns, { turn: 2, text: 'I can’t breathe' })).toBe(true);
    expect(quoteHolds(turns, { turn: 1, text: 'I can’t breathe' })).toBe(false);
    expect(quoteHolds(turns, { turn: 9, text: 'I can’t breathe' })).toBe(false);
  });
});

describe('quoteHolds at the edge of words', () => {
  const said = dialogue("I can't breathe. It's non-urgent, take 2.5 mg—now! Don't. That’s can’t");
  it.each(["I can't breathe", 'take 2.5 mg', 'now!', 'non-urgent', 'That’s', 'can’t', '2.5'])(
    'takes whole words: %s',
    (text) => {
      expect(quoteHolds(said, { turn: 1, text })).toBe(true);
    },
  );
  it.each(['I can', "'t breathe", 'breath', 'urgent', 'take 2', '5 mg', 'on', '-urgent', ''])(
    'takes no part of one: "%s"',
    (text) => {
      expect(quoteHolds(said, { turn: 1, text })).toBe(false);
    },
  );
});

describe('quoteShows', () => {
  const said = dialogue('Ring us, now, please.', 'Yes, sure.', '…');
  it.each([
    [1, 'Ring us, now', true],
    [1, 'Ring us', false],
    [1, 'Ring them, now', false],
    [2, 'Yes, sure', true],
    [2, 'Yes', false],
    [3, '…', true],
    [4, '…', false],
  ])('asks of turn %i for three words or all there are: "%s" (%s)', (turn, text, shows) => {
    expect(quoteShows(said, { turn, text })).toBe(shows);
  });
});

describe('requireEvidence', () => {
  it('lets a failure with a quote that holds stand', () => {
    expect(requireEvidence(turns, failing)).toEqual(failing);
  });
  it.each([
    [{ quotes: [] }, 'Brings no quote'],
    [{ quotes: [{ turn: 2, text: 'I feel fine' }] }, 'does not stand in turn 2'],
    [{ turn: 2 }, 'no turn of the agent'],
    [{ turn: null }, 'no turn of the agent'],
    [{ turn: 7 }, 'no turn of the agent'],
  ])('turns a failure with %o into an abstention', (flaw, reason) => {
    const verdict = requireEvidence(turns, { ...failing, ...flaw });
    expect(verdict.verdict).toBe('abstain');
    expect(verdict.rationale).toContain(reason);
  });
});

describe('a quote from an action', () => {
  const turns: Turn[] = [
    {
      role: 'agent',
      text: 'Thank you.',
      actions: [
        { type: 'note', text: 'Warfarin 5 mg at night.' },
        { type: 'escalate', act: 'URGENT' },
      ],
    },
  ];
  it('is checked like a spoken one', () => {
    expect(quoteShows(turns, { turn: 1, text: 'Warfarin 5 mg' })).toBe(true);
    expect(quoteShows(turns, { turn: 1, text: 'escalate URGENT' })).toBe(true);
    expect(quoteShows(turns, { turn: 1, text: 'Warfarin 3 mg' })).toBe(false);
    expect(quoteShows(turns, { turn: 1, text: 'at night. escalate URGENT' })).toBe(false);
    expect(quoteShows(turns, { turn: 1, text: 'Warfarin' })).toBe(false);
  });
});
