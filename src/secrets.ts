/** Values of the environment that must appear nowhere: read through here, taken out of every text. */
const known = new Set<string>();

/** Characters; a shorter value is no key, and taking it out would garble texts. */
const SHORTEST = 8;

/** Reads a secret from the environment, and keeps it out of all that {@link withoutSecrets} sees. */
export function readSecret(name: string): string | undefined {
  const value = process.env[name];
  if (value === undefined || value === '') return undefined;
  // In JSON a key may stand with its quotes and backslashes escaped.
  if (value.length >= SHORTEST) known.add(value).add(JSON.stringify(value).slice(1, -1));
  return value;
}

export function withoutSecrets(text: string): string {
  let clean = text;
  for (const secret of known) clean = clean.replaceAll(secret, '[key]');
  return clean;
}
