/** Exit status of the command line: what a script that calls it can rely on. */
export const EXIT = {
  ok: 0,
  threshold: 1,
  usage: 2,
  incomplete: 3,
  differs: 4,
  crash: 70,
  interrupted: 130,
} as const;

/**
 * A problem that the user can mend. `message` says what is wrong and where, `mend` what to do;
 * the command line prints both without a stack trace. Anything else that is thrown is a defect.
 */
export class MatrixError extends Error {
  readonly mend: string;
  readonly exitCode: number;
  /** All findings of a validation, of which `message` names the first. */
  readonly findings: readonly string[];

  constructor(
    message: string,
    options: {
      mend: string;
      exitCode?: number;
      findings?: readonly string[];
      cause?: unknown;
    },
  ) {
    super(message, { cause: options.cause });
    this.name = 'MatrixError';
    this.mend = options.mend;
    this.exitCode = options.exitCode ?? EXIT.usage;
    this.findings = options.findings ?? [message];
  }
}

/** What was thrown, in words: foreign code may throw anything, also what cannot be made a text of. */
export function reasonOf(thrown: unknown): string {
  try {
    // What is said to be a text may be none.
    return String(thrown instanceof Error ? thrown.message : thrown);
  } catch {
    return 'something was thrown that cannot be printed';
  }
}
