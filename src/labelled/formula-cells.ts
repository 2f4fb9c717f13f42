/** How a cell begins that a spreadsheet would run, or that could be taken for a guarded one. */
const FORMULA = /^'*[=+\-@\t\r]/;

/**
 * Puts an apostrophe before a text that a spreadsheet would run as a formula (OWASP, CSV injection),
 * and before one that looks like a guarded text, so that {@link unguardCell} gives back every text.
 */
export function guardCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The text of a guarded cell; of any other cell the cell. */
export function unguardCell(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}
