/** Values of the environment that must appear nowhere, the longest first: one may hold another. */
let known: readonly string[] = [];

/** Characters; a shorter value is no key, and taking it out would garble texts. */
const SHORTEST = 8;

/** Names of variables whose values are secrets. */
const SECRET = /(KEY|TOKEN|SECRET|PASSWORD|PASSWD)$/i;

/** Keeps whatever the environment names a key, token, secret or password as {@link readSecret} does. */
export function hideEnvironment(): void {
  for (const name of Object.keys(process.env)) if (SECRET.test(name)) readSecret(name);
}

/** Reads a secret from the environment, and keeps it out of all that {@link withoutSecrets} sees. */
export function readSecret(name: string): string | undefined {
  const value = process.env[name];
  if (value === undefined || value === '') return undefined;
  if (value.length >= SHORTEST) hide(value);
  return value;
}

/** In JSON it may stand with its quotes and backslashes escaped. */
function hide(value: string): void {
  const all = new Set([...known, value, JSON.stringify(value).slice(1, -1)]);
  known = [...all].sort((one, other) => other.length - one.length);
}

/** Names of headers, parameters and fields whose values are secrets. */
const SECRET_FIELD = /key|token|secret|passw|auth|cookie|credential|signature/i;

/** Keeps a value that somebody wrote into a file as {@link readSecret} does, where its name tells that it is secret. */
export function hideField(name: string, value: string): void {
  if (SECRET_FIELD.test(name)) hideValue(value);
}

/** Keeps a value as secret, whatever it is called. */
export function hideValue(value: string): void {
  // Of `Bearer …` the key is the second word.
  for (const each of [value, ...value.split(/\s+/)]) if (each.length >= SHORTEST) hide(each);
}

export function withoutSecrets(text: string): string {
  let clean = text;
  for (const secret of known) clean = clean.replaceAll(secret, '[key]');
  return clean;
}

/** Of addresses as {@link withoutPassword} gave them. */
const passwords = new Map<string, string>();

const WITH_PASSWORD = [
  /^([a-z]+:\/\/[^:@/?#]*):([^/?#]*)(@[^@/?#]*(?:[/?#].*)?)$/is,
  // Whoever left a slash in it unescaped; no port of a host.
  /^([a-z]+:\/\/[^:@/?#]*):(?!\d+\/)(.*)(@[^@]*)$/is,
  /^(.*[?&])password=([^&#]*)&?(.*)$/is,
];

/**
 * The address of a server as it may be kept and shown: its password is taken out, hidden, and given
 * by {@link passwordOf}. Any other text as it is.
 */
export function withoutPassword(address: string): string {
  if (!/^postgres(ql)?:\/\//i.test(address)) return address;
  const [, before = '', escaped = '', after = ''] =
    WITH_PASSWORD.map((pattern) => pattern.exec(address)).find((found) => found) ?? [];
  if (before === '') return address;
  const name = before + after;
  passwords.set(name, unescaped(escaped));
  for (const value of [escaped, unescaped(escaped)]) if (value.length >= SHORTEST) hide(value);
  return name;
}

/** The password that was taken out of an address; undefined where none stood in it. */
export function passwordOf(address: string): string | undefined {
  return passwords.get(address);
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
