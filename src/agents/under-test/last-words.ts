import type { Readable } from 'node:stream';
import { withoutSecrets } from '../../secrets.js';

/** Characters of them that go into a message. */
const LONGEST = 300;

/** Follows what a process writes; gives its last line so far, without secrets. */
export function lastWordsOf(stream: Readable): () => string {
  let end = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    end = (end + text).slice(-2 * LONGEST);
  });
  return () => withoutSecrets(end.trimEnd().split('\n').at(-1)?.slice(0, LONGEST) ?? '');
}

/** How a process ended, as a message puts it: `with status 3: no such file`. */
export function describeEnd(code: number | null, signal: string | null, words: string): string {
  const how = code === null ? `by ${signal ?? 'a signal'}` : `with status ${code}`;
  return `ended ${how}${words === '' ? '' : `: ${words}`}`;
}
