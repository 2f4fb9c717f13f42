import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellText, textOfCell } from '../../../src/cell-text.js';
import { piecesOf } from '../../../src/review/workbook/pieces.js';
import { hostileText } from './hostile-text.js';

describe('text of a cell', () => {
  it('comes back whatever it is', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(textOfCell(cellText(text))).toBe(text);
      }),
    );
  });

  it('holds nothing that a workbook loses', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const cell = cellText(text);
        expect(cell).not.toMatch(/(?![\n\t])\p{Cc}|\p{Cs}|[\ufffe\uffff]|_x[0-9a-f]{4}_/iu);
      }),
    );
  });

  it('leaves ordinary words as they are', () => {
    const text = 'Ça va — “fine”, 37.5 °C\n\tsnake_case_x 😀 C:\\users';
    expect(cellText(text)).toBe(text);
  });

  it('is cut into pieces that show whole, and joins again', () => {
    const long = fc.array(hostileText, { maxLength: 400 }).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(long, (text) => {
        const cell = cellText(text);
        const pieces = piecesOf(cell);
        expect(pieces.join('')).toBe(cell);
        for (const piece of pieces) {
          expect(piece.length).toBeLessThanOrEqual(1_000);
          expect(piece.split('\n').length).toBeLessThanOrEqual(13);
          expect(piece).not.toMatch(/^[\udc00-\udfff]|[\ud800-\udbff]$/);
        }
      }),
      { numRuns: 50 },
    );
  });
});
