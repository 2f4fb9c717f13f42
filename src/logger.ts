import pino, { type Logger } from 'pino';
import { withoutSecrets } from './secrets.js';

/** Log lines carry ids and events, never words of a transcript. */
export type { Logger };

/** Logs JSON lines to a file, without secrets, or nowhere. */
export function createLogger(file: string | undefined): Logger {
  if (file === undefined) return pino({ level: 'silent' });
  const destination = pino.destination({ dest: file, sync: true, mkdir: true });
  return pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line) => void destination.write(withoutSecrets(line)) },
  );
}
