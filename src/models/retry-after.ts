/**
 * Milliseconds that a server asks to wait: from `retry-after-ms`, or from `retry-after` in seconds or
 * as a date. Undefined where it asks for nothing that can be read.
 */
export function retryAfterOf(
  headers: { get(name: string): string | null },
  now: () => number = Date.now,
): number | undefined {
  const milliseconds = readNumber(headers.get('retry-after-ms'));
  if (milliseconds !== undefined) return milliseconds;
  const after = headers.get('retry-after');
  const seconds = readNumber(after);
  if (seconds !== undefined) return seconds * 1000;
  const date = Date.parse(after ?? '');
  return Number.isNaN(date) ? undefined : Math.max(0, date - now());
}

function readNumber(text: string | null): number | undefined {
  return text !== null && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}
