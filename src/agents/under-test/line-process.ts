import { spawn } from 'node:child_process';
import { describeEnd, lastWordsOf } from './last-words.js';
import { groupOf } from './process-group.js';

/** Characters of one line that a process may write. */
const LONGEST_LINE = 1_000_000;

/** A process that answers each line on its stdin with one on its stdout. */
export interface LineProcess {
  /** @throws Error where the process ends, writes too long a line or one that it was not asked for */
  ask(line: string): Promise<string>;
  /** Ends the process and all that it has started. */
  close(): void;
}

interface Waiting {
  readonly resolve: (line: string) => void;
  readonly reject: (error: Error) => void;
}

/** @param command as for a shell */
export function startLineProcess(command: string): LineProcess {
  const child = spawn(command, { shell: true, detached: true, stdio: 'pipe' });
  const group = groupOf(child);
  const lastWords = lastWordsOf(child.stderr);
  let unread = '';
  let waiting: Waiting | undefined;
  let failure: Error | undefined;

  const fail = (reason: string) => {
    failure ??= new Error(`the agent's process ${reason}`);
    waiting?.reject(failure);
    group.end();
  };
  const answer = (line: string) => {
    if (line.trim() === '') return;
    if (!waiting) return fail('wrote a line that it was not asked for (stdout is for replies)');
    waiting.resolve(line);
    waiting = undefined;
  };
  const read = (text: string) => {
    if (failure) return;
    const lines = (unread + text).split('\n');
    unread = lines.pop() ?? '';
    const longest = Math.max(unread.length, ...lines.map(({ length }) => length));
    if (longest > LONGEST_LINE) fail(`wrote a line of over ${LONGEST_LINE} characters`);
    else lines.forEach(answer);
  };

  child.stdout.setEncoding('utf8').on('data', read);
  // What is written to a process that is gone is lost; its end says why.
  child.stdin.on('error', () => undefined);
  child.on('error', (error) => fail(`could not be started: ${error.message}`));
  child.on('close', (code, signal) => fail(describeEnd(code, signal, lastWords())));

  return {
    ask: (line) =>
      new Promise((resolve, reject) => {
        if (failure) return reject(failure);
        waiting = { resolve, reject };
        child.stdin.write(`${line}\n`);
      }),
    close: () => group.end(),
  };
}
