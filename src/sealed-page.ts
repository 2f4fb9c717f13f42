import { createHash } from 'node:crypto';

/** Style and script of a page that is one file, and the policy under which a browser shows it. */
export interface SealedPage {
  readonly style: string;
  readonly script: string;
  /** Nothing is fetched or sent, and only the page's own script runs, whatever the page holds. */
  readonly policy: string;
}

/** A browser hashes an inline text with the line ends that HTML knows. */
export function sealPage(style: string, script: string): SealedPage {
  const sealed = { style: withLineFeeds(style), script: withLineFeeds(script) };
  const policy = [
    "default-src 'none'",
    `script-src '${sourceHash(sealed.script)}'`,
    `style-src '${sourceHash(sealed.style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return { ...sealed, policy };
}

function withLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function sourceHash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
