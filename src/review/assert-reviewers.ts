import { MatrixError } from '../errors.js';
import { PLAIN_NAME } from '../plain-name.js';

/** Names stand in the names of files, and there are endings to come. */
const LONGEST = 60;

/**
 * Who reviews has a name of its own that can stand in the name of a file.
 * @throws MatrixError that names the one that cannot
 */
export function assertReviewers(names: readonly string[]): void {
  if (names.length === 0) {
    throw new MatrixError('nobody is named who reviews', {
      mend: 'Give at least one name, or a number of reviewers.',
    });
  }
  const unfit = names.find((name) => !isFit(name));
  if (unfit !== undefined) {
    throw new MatrixError(`"${unfit.slice(0, LONGEST)}" cannot stand in the name of a file`, {
      mend: `Use at most ${LONGEST} letters, digits, dots, dashes and underscores, the first a letter or digit: osei, lund-2.`,
    });
  }
  // Some file systems take Osei.xlsx and osei.xlsx for one file.
  const folded = names.map((name) => name.toLowerCase());
  const twice = names.find((_, index) => folded.indexOf(folded[index] ?? '') !== index);
  if (twice === undefined) return;
  throw new MatrixError(`${twice} is named twice`, { mend: 'Give each reviewer another name.' });
}

function isFit(name: string): boolean {
  return PLAIN_NAME.test(name) && /^[^\W_]/.test(name) && name.length <= LONGEST;
}
