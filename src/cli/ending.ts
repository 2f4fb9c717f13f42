import { mkdtempSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { EXIT, reasonOf } from '../errors.js';
import { withoutSecrets } from '../secrets.js';
import { onOneLine } from '../printable.js';
import { flushed, watchStreams, writeError } from './output.js';

let isOver = false;

/**
 * Sees to it that the process ends with a status that was earned: whatever ends it before the command
 * has, it is none of success. Signals end what was started too.
 */
export function watchEnding(isVerbose: () => boolean): void {
  const crash = (error: unknown) => endCrashed(error, isVerbose());
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  watchStreams(({ message }) => {
    writeError([`what was found cannot be written: ${message}`]);
    endAtOnce(EXIT.incomplete);
  });
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      // Who listens besides us, lets work come to its end first.
      if (process.listenerCount(name) === 1) endAtOnce(128 + constants.signals[name]);
    });
  }
  process.on('exit', (status) => {
    if (isOver) return;
    writeError([`the process was ended (status ${status}) before its work was done`]);
    process.exitCode = EXIT.crash;
  });
}

/** Ends the process, whatever still waits for something; what was printed is written out before. */
export async function end(status: number): Promise<never> {
  await flushed();
  return endAtOnce(status);
}

export function endAtOnce(status: number): never {
  isOver = true;
  process.exit(status);
}

/** A defect: one line, and the stack in a file, or with `--verbose` below it. */
export function endCrashed(error: unknown, verbose: boolean): never {
  const trace = error instanceof Error ? error.stack : undefined;
  const stack = withoutSecrets(trace ?? reasonOf(error));
  writeError([
    `defect in matrix-sim: ${onOneLine(reasonOf(error))}`,
    verbose ? stack : `Please report it, with ${keep(stack)}.`,
  ]);
  return endAtOnce(EXIT.crash);
}

function keep(stack: string): string {
  try {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'matrix-sim-')), 'crash.txt');
    writeFileSync(file, `${stack}\n`);
    return file;
  } catch {
    return 'what --verbose shows';
  }
}
