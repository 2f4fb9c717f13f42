import { MatrixError } from '../errors.js';

/**
 * A name that leads nowhere, as a finding.
 * @param where file and place, as `my-taxonomy/H15.yaml, H15-F1`
 * @param what what it should name, as `condition`
 * @param known what could be named there
 */
export function unknownReference(
  where: string,
  what: string,
  name: string,
  known: Iterable<string>,
  mend: string,
): MatrixError {
  const names = [...known].sort().join(', ');
  return new MatrixError(
    `${where}: unknown ${what} "${name}"; the taxonomy has: ${names || 'none'}`,
    { mend },
  );
}
