/**
 * Signs that nobody sees as what they are: controls (C0, C1), direction marks, zero width, line and
 * paragraph separators, fillers, variation selectors, tags (Unicode's Default_Ignorable_Code_Point).
 */
export const UNSEEN = String.raw`\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}`;

const UNSAFE = new RegExp(String.raw`(?![\n\t])[${UNSEEN}]`, 'gu');

/** Signs of a text as JSON escapes: of JSON it stays the same value. */
export function spellOut(text: string, signs: RegExp): string {
  return text.replace(signs, (sign) =>
    Array.from(
      { length: sign.length },
      (_, index) => `\\u${sign.charCodeAt(index).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}

/** Text that is safe on a terminal: what could move the cursor, hide or turn words is spelled out. */
export function printable(text: string): string {
  return spellOut(text, UNSAFE);
}

/** As {@link printable}, without line breaks, through which words could pose as lines of ours. */
export function onOneLine(text: string): string {
  return printable(text.replace(/[\r\n\t]+/g, ' '));
}
