import pc from 'picocolors';
import { createInterface, type Interface } from 'node:readline/promises';
import type { MatrixError } from '../errors.js';
import { printable } from '../printable.js';
import type { Emphasis, Line } from '../report/line.js';
import { withoutSecrets } from '../secrets.js';

/** Results go to stdout. Whatever is printed may hold words of others: it is made {@link printable}. */
export function print(lines: readonly Line[] | string): void {
  const whole = typeof lines === 'string' ? text(lines) : lines.map(styled).join('\n');
  write(process.stdout, `${whole}\n`);
}

/** Columns that a result may take: those of the terminal, else 80. */
export function columns(): number {
  return process.stdout.isTTY ? process.stdout.columns : 80;
}

/** Where there is a terminal, unless it or its user wants none. */
const colours = pc.createColors(
  pc.isColorSupported && (process.stdout.isTTY || process.env.FORCE_COLOR !== undefined),
);

const STYLES: Readonly<Record<Emphasis, (text: string) => string>> = {
  strong: colours.bold,
  faint: colours.dim,
  bad: (text) => colours.bold(colours.red(text)),
  open: colours.yellow,
  good: colours.green,
};

function styled(line: Line): string {
  if (typeof line === 'string') return text(line);
  return line
    .map((piece) =>
      typeof piece === 'string' ? text(piece) : STYLES[piece.emphasis](text(piece.text)),
    )
    .join('');
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** What is no result goes to stderr. */
export function note(lines: readonly string[] | string): void {
  write(process.stderr, `${text(lines)}\n`);
}

/** One line for what is wrong, one for the mend; the stack only when asked for. */
export function printError({ message, mend, stack }: MatrixError, verbose: boolean): void {
  writeError([message, mend, ...(verbose && stack !== undefined ? [stack] : [])]);
}

export function writeError([message = '', ...more]: readonly string[]): void {
  const rest = more.map((line) => `       ${text(line)}\n`).join('');
  write(process.stderr, `${pc.red('error:')} ${text(withoutSecrets(message))}\n${rest}`);
}

/** Reads what a person types, line by line. */
export function openLines(): Interface {
  return createInterface({ input: process.stdin, output: process.stdout });
}

/**
 * A reader that closes the pipe early (head, less) is no error: what was not read is lost, and the
 * status stays that of the work.
 * @param onFull is told of any other failure, as a full disk
 */
export function watchStreams(onFull: (error: Error) => void): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') onFull(error);
    });
  }
}

/** Resolves once all that was printed has left the process. */
export async function flushed(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    if (stream.writable) await new Promise((resolve) => stream.write('', resolve));
  }
}

function text(lines: readonly string[] | string): string {
  return printable(typeof lines === 'string' ? lines : lines.join('\n'));
}

function write(stream: NodeJS.WriteStream, safe: string): void {
  if (stream.writable) stream.write(safe);
}

/** Progress on stderr: one line that rewrites itself on a terminal, a line each ten per cent elsewhere. */
export class Progress {
  readonly #total: number;
  readonly #doing: string;
  readonly #started = performance.now();
  #done = 0;
  #before: number | undefined;
  #besides = '';
  #lastShown = 0;

  constructor(total: number, doing = 'simulating') {
    this.#total = total;
    this.#doing = doing;
  }

  /** So many are done, by whomever, also before; `besides` is what else there is to say. */
  reach(done: number, besides: string): void {
    this.#before ??= done;
    this.#besides = `  ${besides}`;
    this.#done = done;
    this.#show();
  }

  step(): void {
    this.#done += 1;
    this.#show();
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
  }

  #show(): void {
    if (process.stderr.isTTY) this.#rewrite();
    else this.#eachTenth();
  }

  #rewrite(): void {
    const now = performance.now();
    if (now - this.#lastShown < 100 && this.#done < this.#total) return;
    this.#lastShown = now;
    const seconds = (now - this.#started) / 1000;
    const perSecond = (this.#done - (this.#before ?? 0)) / seconds;
    const left = Math.ceil((this.#total - this.#done) / perSecond);
    const filled = Math.round((this.#done / this.#total) * 22);
    const bar = '█'.repeat(filled) + '░'.repeat(22 - filled);
    const rest = perSecond > 0 ? `  ${perSecond.toFixed(0)}/s  ${left} s left` : '';
    process.stderr.write(
      `\r\u001B[K  ${this.#doing}  ${bar}  ${this.#done}/${this.#total}${rest}${this.#besides}`,
    );
  }

  #eachTenth(): void {
    const tenth = Math.floor((this.#done / this.#total) * 10);
    if (tenth === this.#lastShown) return;
    this.#lastShown = tenth;
    process.stderr.write(`${this.#doing} ${this.#done}/${this.#total}${this.#besides}\n`);
  }
}
