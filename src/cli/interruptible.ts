import { EXIT, MatrixError } from '../errors.js';
import { endAtOnce } from './ending.js';
import { note } from './output.js';

/** Milliseconds in which work may end after a second Ctrl-C, before the process ends over it. */
const GRACE = 2000;

/** How a person breaks work off. */
export interface Interrupts {
  /** Aborts at the first Ctrl-C: nothing more is begun. */
  readonly stop: AbortSignal;
  /** Aborts at the second: what is in flight ends too, with what it was answered kept. */
  readonly signal: AbortSignal;
}

/**
 * Does work that Ctrl-C breaks off.
 * @param wayOn the command that goes on with it
 * @param reason what both signals abort with, unless the default will do
 */
export async function interruptible<T>(
  work: (interrupts: Interrupts) => Promise<T>,
  { wayOn, reason, signals = ['SIGINT'] }: InterruptibleOptions = {},
): Promise<T> {
  const stop = new AbortController();
  const end = new AbortController();
  const interrupt = () => {
    const why = reason ?? interruption(wayOn?.());
    if (end.signal.aborted) endAtOnce(EXIT.interrupted);
    if (stop.signal.aborted) {
      end.abort(why);
      // An agent's function that heeds no signal would keep the process alive.
      setTimeout(() => endAtOnce(EXIT.interrupted), GRACE).unref();
      return;
    }
    stop.abort(why);
    note('\nfinishing what is in flight; Ctrl-C again to stop at once');
  };
  for (const name of signals) process.on(name, interrupt);
  try {
    return await work({ stop: stop.signal, signal: end.signal });
  } finally {
    for (const name of signals) process.off(name, interrupt);
  }
}

interface InterruptibleOptions {
  /** Asked when it is needed. */
  readonly wayOn?: () => string;
  readonly reason?: MatrixError;
  /** What breaks it off; Ctrl-C alone unless given. */
  readonly signals?: readonly ('SIGINT' | 'SIGTERM')[];
}

function interruption(wayOn: string | undefined): MatrixError {
  return new MatrixError('interrupted', {
    mend: `What was answered is kept.${wayOn === undefined ? '' : ` Go on:  ${wayOn}`}`,
    exitCode: EXIT.interrupted,
  });
}
