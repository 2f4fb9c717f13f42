import { createHash } from 'node:crypto';

/** SHA-256 over named texts, independent of their order and of line endings; 64 hex digits. */
export function fingerprint(parts: Readonly<Record<string, string>>): string {
  const hash = createHash('sha256');
  for (const name of Object.keys(parts).sort()) {
    hash.update(JSON.stringify([name, parts[name]?.replaceAll('\r\n', '\n')]));
  }
  return hash.digest('hex');
}

/** The first eight hex digits: enough for a person to tell two fingerprints apart. */
export function shortFingerprint(full: string): string {
  return full.slice(0, 8);
}
