import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import type { z } from 'zod';
import { MatrixError, reasonOf } from './errors.js';

/** The text of a file. @throws MatrixError that names it. */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

/** What is wrong where the system gives no more of a file. */
export function unreadable(file: string, cause: unknown): MatrixError {
  const { code } = cause as NodeJS.ErrnoException;
  return new MatrixError(`${file}: cannot be read (${code ?? 'unknown reason'})`, {
    mend: 'Check the path and its permissions.',
    cause,
  });
}

/**
 * Reads a YAML file and validates it once, at this boundary.
 * @throws MatrixError naming the file, the path inside it and the mend.
 */
export function readYaml<S extends z.ZodType>(file: string, schema: S): z.output<S> {
  return validate(parseYaml(readText(file), file), file, schema);
}

/** Aliases at most: a few of them can stand for more than any memory holds. */
const MOST_ALIASES = 100;

/** @throws MatrixError naming the line that is no YAML; also for what nobody means, as endless nesting */
export function parseYaml(text: string, file: string): unknown {
  try {
    return shallow(load(text, { maxAliases: MOST_ALIASES }) ?? null);
  } catch (cause) {
    const [line = ''] = reasonOf(cause).split('\n');
    throw new MatrixError(`${file}: not valid YAML: ${line}`, {
      mend: 'Mend the YAML at that line.',
      cause,
    });
  }
}

/** @throws MatrixError that says where the text stands and how to mend it */
export function parseJson(text: string, where: string, mend: string): unknown {
  try {
    return shallow(JSON.parse(text));
  } catch (cause) {
    const why = cause instanceof SyntaxError ? 'not valid JSON' : reasonOf(cause);
    throw new MatrixError(`${where}: ${why}`, { mend, cause });
  }
}

/** Levels of nesting at most; deeper data would overflow whoever walks it. */
export const DEEPEST = 100;

/** The value itself. @throws RangeError where it is nested deeper than anybody's data, or in itself */
export function shallow<T>(value: T): T {
  let level = new Set<object>(isNested(value) ? [value] : []);
  for (let depth = 0; level.size > 0; depth += 1) {
    if (depth === DEEPEST) throw new RangeError(`nested more than ${DEEPEST} levels deep`);
    level = new Set([...level].flatMap((each) => Object.values(each).filter(isNested)));
  }
  return value;
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Validates data from outside. @throws MatrixError on the first place at fault, with all as findings. */
export function validate<S extends z.ZodType>(data: unknown, file: string, schema: S): z.output<S> {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const findings = result.error.issues.map(
    (issue) => `${file}, ${formatPath(issue.path)}: ${issue.message}`,
  );
  const [first = file, ...others] = findings;
  throw new MatrixError(others.length > 0 ? `${first} (and ${others.length} more)` : first, {
    mend: mendOf(result.error.issues[0]) ?? 'Mend that entry.',
    findings,
  });
}

function mendOf(issue: z.core.$ZodIssue | undefined): string | undefined {
  const mend = issue?.code === 'custom' ? (issue.params?.mend as unknown) : undefined;
  return typeof mend === 'string' ? mend : undefined;
}

/** `modes[2].deadline`, as a person would write the place. */
function formatPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'top level';
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}
