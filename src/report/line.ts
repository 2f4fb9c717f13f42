/** How a piece of a line stands out on a terminal; it never says anything that the words do not. */
export type Emphasis = 'strong' | 'faint' | 'bad' | 'open' | 'good';

export interface Span {
  readonly text: string;
  readonly emphasis: Emphasis;
}

/** A line of a report: plain, or of pieces of which some stand out. */
export type Line = string | readonly (string | Span)[];

/** A piece that stands out. */
export function span(text: string, emphasis: Emphasis): Span {
  return { text, emphasis };
}

export function plainPiece(piece: string | Span): string {
  return typeof piece === 'string' ? piece : piece.text;
}

/** What a line says, without emphasis. */
export function plainLine(line: Line): string {
  return typeof line === 'string' ? line : line.map(plainPiece).join('');
}

/** A text broken between words into lines of at most so many columns; none for an empty text. */
export function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
