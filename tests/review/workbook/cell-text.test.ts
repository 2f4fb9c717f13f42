import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellText, piecesOf, textOfCell } from '../../../src/review/workbook/cell-text.js';

/** Texts of any code units, and of what is apt to break. */
export const hostileText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom('_x0041_', '_x005F_', '\\u0041', '\\', '=', "'", '\r\n', '\t', ' ', '\0'),
      fc.constantFrom(
        '\ufffe',
        '\uffff',
        '\ufeff',
        '\ud83d',
        '\ude00',
        '😀',
        '&lt;',
        ']]>',
        '\u2028',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

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
        expect(cell.isWellFormed?.() ?? true).toBe(true);
        expect(cell).not.toMatch(/[\0-\u0008\u000b-\u001f\u007f\ufffe\uffff]|_x[0-9a-f]{4}_/i);
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
