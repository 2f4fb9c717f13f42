/** What a cell of a workbook can hold. */
const MOST_SIGNS = 32_767;
const CUT = ' […]';

/** No sign of XML 1.0: other controls than tab and line breaks, halves of pairs, two non-characters. */
const NO_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** A text that an office program would read as one sign by its number (ECMA-376, 22.9.2.19). */
const ESCAPE_ALIKE = /_(?=x[0-9A-Fa-f]{4}_)/g;

/**
 * A text as a cell of a workbook: what XML cannot hold is spelled out, what reads like an escape is
 * escaped, and what is too long is cut with a mark.
 */
export function workbookText(text: string): string {
  const whole = xmlText(text);
  const escaped = whole.replace(ESCAPE_ALIKE, '_x005F_');
  if (escaped.length <= MOST_SIGNS) return escaped;
  return `${cutBefore(escaped, MOST_SIGNS - CUT.length)}${CUT}`;
}

/** The text with every sign that XML 1.0 has no room for spelled out, as `\\u0000`. */
export function xmlText(text: string): string {
  return text.replace(NO_XML, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** At most so many code units, with no pair and no escape cut in two. */
function cutBefore(text: string, length: number): string {
  return text
    .slice(0, length)
    .replace(/[\u{D800}-\u{DBFF}]$/u, '')
    .replace(/_(x([0-9A-Fa-f]{0,4}|005F_x?[0-9A-Fa-f]{0,4}))?$/, '');
}
