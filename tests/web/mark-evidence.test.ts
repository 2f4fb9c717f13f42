import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markEvidence } from '../../src/web/components/mark-evidence.js';

const marked = (text: string, ...quotes: string[]) =>
  markEvidence(
    text,
    quotes.map((quote, index) => ({ mode: `M${index}`, text: quote })),
  )
    .filter(({ modes }) => modes.length > 0)
    .map(({ text: words, modes }) => [words, ...modes]);

describe('evidence in a turn', () => {
  it('is marked where it stands, whatever a model changed when it copied', () => {
    expect(marked('He said: “I can’t\n  breathe” twice.', '"I can\'t breathe"')).toEqual([
      ['“I can’t\n  breathe”', 'M0'],
    ]);
    expect(marked('I\u00ad feel 😀 faint.', 'feel 😀 faint')).toEqual([['feel 😀 faint', 'M0']]);
  });

  it('is marked in whole words, and not at all where it does not stand', () => {
    expect(marked('know no more', 'no')).toEqual([['no', 'M0']]);
    expect(marked('know', 'no')).toEqual([]);
    expect(marked('know', '')).toEqual([]);
  });

  it('keeps quotes apart that overlap', () => {
    expect(marked('one two three', 'one two', 'two three')).toEqual([
      ['one ', 'M0'],
      ['two', 'M0', 'M1'],
      [' three', 'M1'],
    ]);
  });

  it('loses no sign of the turn', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string()), (text, quotes) => {
        const pieces = markEvidence(
          text,
          quotes.map((quote) => ({ mode: 'M', text: quote })),
        );
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      }),
    );
  });
});
