import { readFileSync } from 'node:fs';
import { load, YAMLException } from 'js-yaml';
import type { z } from 'zod';
import { MatrixError } from './errors.js';

/** The text of a file. @throws MatrixError that names it. */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new MatrixError(`${file}: cannot be read (${code ?? 'unknown reason'})`, {
      mend: 'Check the path and its permissions.',
      cause,
    });
  }
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

/** @throws MatrixError naming the line that is no YAML */
export function parseYaml(text: string, file: string): unknown {
  try {
    return load(text, { maxAliases: MOST_ALIASES }) ?? null;
  } catch (cause) {
    if (!(cause instanceof YAMLException)) throw cause;
    const [line = ''] = cause.message.split('\n');
    throw new MatrixError(`${file}: not valid YAML: ${line}`, {
      mend: 'Mend the YAML at that line.',
      cause,
    });
  }
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
