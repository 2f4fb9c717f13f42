import { onOneLine } from '../printable.js';

/** Signs that mean something in Markdown wherever they stand. */
const SIGNS = /[\\`*_[\]|~$]/g;

/** So that what stands before and after it are no one word: a comment, which nobody is shown. */
const BREAK = '<!-- -->';

/**
 * Words of others as words in Markdown, of GitHub's kind too: no markup, HTML, link, mention or
 * reference to an issue comes of them, and no line or cell ends in them.
 */
export function markdownText(text: string): string {
  return onOneLine(text)
    .trim()
    .replace(SIGNS, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/^[#+=-]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/@|#(?=\d)|:(?=\/\/)|www(?=\.)/gi, `$&${BREAK}`);
}

/** Words of others as code, in which Markdown sees nothing; `|` is spelled out, as cells end at it. */
export function markdownCode(text: string): string {
  const line = onOneLine(text).replaceAll('|', '\\u007c');
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const isPlain = /^[^`\s](.*[^`\s])?$/s.test(line);
  return isPlain ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}
