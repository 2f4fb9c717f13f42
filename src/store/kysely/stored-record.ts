import type { z } from 'zod';
import { MatrixError } from '../../errors.js';
import { parseJson, validate } from '../../read-file.js';

const READABLE =
  'What is whole can still be read, dialogue by dialogue (matrix-sim show) and run by run (matrix-sim report).';

/** Of a record, page or table that is not as it was written. */
export const DAMAGE_MEND = `Put a copy in its place, or look at it with: sqlite3 FILE 'pragma quick_check' (a server: pg_amcheck). ${READABLE}`;

/**
 * Reads what the store holds like any other input, since another program may have written it.
 * @param where run and dialogue, as a person would look for them
 * @throws MatrixError that names them where it is damaged
 */
export function readRecord<S extends z.ZodType>(
  text: string,
  where: string,
  schema: S,
): z.output<S> {
  return whole(where, () => validate(parseJson(text, where, DAMAGE_MEND), where, schema));
}

/** What the work gives. @throws MatrixError that says where the store is damaged, for whatever it throws */
export function whole<T>(where: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const [first, findings] =
      cause instanceof MatrixError ? [cause.message, cause.findings] : [`${where}: unreadable`, []];
    throw new MatrixError(`the store is damaged: ${first}`, { mend: DAMAGE_MEND, findings, cause });
  }
}
