/**
 * Signs that nobody sees as what they are: controls (C0, C1), direction marks, zero width, line and
 * paragraph separators, fillers, variation selectors, tags (Unicode's Default_Ignorable_Code_Point).
 */
const UNSEEN = String.raw`\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}`;

/** Signs that look like `<` or `>`. */
const BRACKETS_ALIKE =
  '\u00ab\u00bb\u02c2\u02c3\u1433\u1438\u16b2\u2039\u203a\u226a\u226b\u22d8\u22d9\u2329\u232a\u276c-\u2771\u27e8-\u27eb\u29fc\u29fd\u2a9b-\u2aa2\u3008-\u300b\ufe3d-\ufe40\ufe64\ufe65\uff1c\uff1e';

const DECEPTIVE = new RegExp(`[${UNSEEN}${BRACKETS_ALIKE}]`, 'gu');
const UNSAFE = new RegExp(String.raw`(?![\n\t])[${UNSEEN}]`, 'gu');

/** Signs of a text as JSON escapes: of JSON it stays the same value. */
function spellOut(text: string, signs: RegExp): string {
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

/**
 * Text that can pass for nothing else where a model reads it between marks of angle brackets: as
 * {@link printable}, and what looks like a bracket is spelled out too. The brackets themselves stay.
 */
export function undisguised(text: string): string {
  return spellOut(text, DECEPTIVE);
}

/** As {@link printable}, without line breaks, through which words could pose as lines of ours. */
export function onOneLine(text: string): string {
  return printable(text.replace(/[\r\n\t]+/g, ' '));
}
