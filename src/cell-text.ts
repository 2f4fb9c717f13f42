/**
 * Signs that do not come back from a cell as they were put there: controls (XML knows few, and takes
 * a carriage return for a line break), U+FFFE, U+FFFF and halves of a surrogate pair; `_x0041_`,
 * which spreadsheets read as "A"; and marks that show words in another order than they are in.
 * Our own escape is one of them where it was meant as words.
 */
const UNWRITABLE =
  /(?![\n\t])\p{Cc}|[\u2028-\u202e\u2066-\u2069\ufffe\uffff]|\p{Cs}|_(?=x[0-9a-f]{4}_)|\\(?=u[0-9a-f]{4})/giu;

/** A text as it may stand in a cell, its unwritable signs as `\u0000`. */
export function cellText(text: string): string {
  return spellOut(text, UNWRITABLE);
}

/** What a cell can hold, in code units. */
const MOST_IN_CELL = 32_767;
const CUT = ' […]';

/** As {@link cellText}, cut with a mark where a cell cannot hold it. */
export function cutCellText(text: string): string {
  const whole = cellText(text);
  if (whole.length <= MOST_IN_CELL) return whole;
  const head = whole.slice(0, MOST_IN_CELL - CUT.length);
  // No pair, and no escape of ours, is cut in two.
  return `${head.replace(/(?:[\ud800-\udbff]|\\(?:u[0-9a-f]{0,3})?)$/, '')}${CUT}`;
}

/** No sign of XML 1.0: other controls than tab and line breaks, halves of pairs, two non-characters. */
const NO_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** A text with every sign that XML 1.0 has no room for as `\u0000`. */
export function xmlText(text: string): string {
  return spellOut(text, NO_XML);
}

function spellOut(text: string, signs: RegExp): string {
  return text.replace(signs, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The text that {@link cellText} was given. */
export function textOfCell(cell: string): string {
  return cell.replace(/\\u([0-9a-f]{4})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
