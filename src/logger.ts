import { existsSync, fstatSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import pino, { type Logger } from 'pino';
import { withoutSecrets } from './secrets.js';
import { notWritten } from './whole-file.js';

/** Log lines carry ids and events, never words of a transcript. */
export type { Logger };

/**
 * Logs JSON lines to a file, without secrets, or nowhere. Each line is in the file whole or not at all.
 * @throws MatrixError where the file cannot be opened, and later where a line cannot be written
 */
export function createLogger(file: string | undefined): Logger {
  if (file === undefined) return pino({ level: 'silent' });
  const log = openLog(file);
  return pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line) => appendLine(log, withoutSecrets(line), file) },
  );
}

function openLog(file: string): number {
  try {
    const folder = path.dirname(file);
    // Not recursive: below /proc a recursive mkdir of Node 20 never returns.
    if (!existsSync(folder)) mkdirSync(folder);
    return openSync(file, 'a');
  } catch (cause) {
    throw notWritten(file, cause);
  }
}

/** What a full disk takes of a line is taken back. */
function appendLine(log: number, line: string, file: string): void {
  const bytes = Buffer.from(line);
  const before = fstatSync(log).size;
  try {
    if (writeSync(log, bytes) === bytes.length) return;
    throw Object.assign(new Error('the disk is full'), { code: 'ENOSPC' });
  } catch (cause) {
    if (fstatSync(log).isFile()) ftruncateSync(log, before);
    throw notWritten(file, cause);
  }
}
