import fc from 'fast-check';

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
