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
  return text.replace(
    UNWRITABLE,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The text that {@link cellText} was given. */
export function textOfCell(cell: string): string {
  return cell.replace(/\\u([0-9a-f]{4})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** A row is 409 points high at most, which is 27 lines: what is more is neither seen nor printed. */
const MOST_LINES = 12;
const MOST_CHARACTERS = 1_000;

/** A cell's text as pieces that show whole in a row each, at least one; joined they are the text. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let rest = text;
  do {
    const end = endOfPiece(rest);
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  } while (rest !== '');
  return pieces;
}

/** After a line or a word where there is one, and never within a pair of surrogates. */
function endOfPiece(text: string): number {
  const head = text.slice(0, MOST_CHARACTERS);
  const lines = new RegExp(`^(?:[^\\n]*\\n){${MOST_LINES}}`).exec(head);
  if (lines) return lines[0].length;
  if (head.length === text.length) return head.length;
  const space = head.lastIndexOf(' ');
  if (space > 0) return space + 1;
  return /[\ud800-\udbff]$/.test(head) ? head.length - 1 : head.length;
}
