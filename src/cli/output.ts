import pc from 'picocolors';
import type { MatrixError } from '../errors.js';

/** Results go to stdout. */
export function print(lines: readonly string[] | string): void {
  process.stdout.write(`${typeof lines === 'string' ? lines : lines.join('\n')}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** One line for what is wrong, one for the mend; the stack only when asked for. */
export function printError(error: MatrixError, verbose: boolean): void {
  process.stderr.write(`${pc.red('error:')} ${error.message}\n       ${error.mend}\n`);
  if (verbose) process.stderr.write(`${error.stack}\n`);
}

/** Progress on stderr: one line that rewrites itself on a terminal, a line each ten per cent elsewhere. */
export class Progress {
  readonly #total: number;
  readonly #doing: string;
  readonly #started = performance.now();
  #done = 0;
  #lastShown = 0;

  constructor(total: number, doing = 'simulating') {
    this.#total = total;
    this.#doing = doing;
  }

  step(): void {
    this.#done += 1;
    if (process.stderr.isTTY) this.#rewrite();
    else this.#eachTenth();
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
  }

  #rewrite(): void {
    const now = performance.now();
    if (now - this.#lastShown < 100 && this.#done < this.#total) return;
    this.#lastShown = now;
    const seconds = (now - this.#started) / 1000;
    const left = Math.ceil((seconds / this.#done) * (this.#total - this.#done));
    const filled = Math.round((this.#done / this.#total) * 22);
    const bar = '█'.repeat(filled) + '░'.repeat(22 - filled);
    const rate = (this.#done / seconds).toFixed(0);
    process.stderr.write(
      `\r\u001B[K  ${this.#doing}  ${bar}  ${this.#done}/${this.#total}  ${rate}/s  ${left} s left`,
    );
  }

  #eachTenth(): void {
    const tenth = Math.floor((this.#done / this.#total) * 10);
    if (tenth === this.#lastShown) return;
    this.#lastShown = tenth;
    process.stderr.write(`${this.#doing} ${this.#done}/${this.#total}\n`);
  }
}
