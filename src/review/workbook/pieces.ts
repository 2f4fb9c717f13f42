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
