import pino, { type Logger } from 'pino';

/** Log lines carry ids and events, never words of a transcript. */
export type { Logger };

/** Logs JSON lines to a file, or nowhere. */
export function createLogger(file: string | undefined): Logger {
  if (file === undefined) return pino({ level: 'silent' });
  return pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: file, sync: true, mkdir: true }),
  );
}
