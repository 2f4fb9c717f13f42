import { hash } from 'node:crypto';

/** Characters from which a text is kept apart from the calls that hold it. */
const LONG = 48;
const MARK = '#';

/** A value as JSON, and the texts in it that no value before had, by their names. */
export interface Shared {
  readonly json: string;
  readonly fresh: Readonly<Record<string, string>>;
}

/**
 * Writes values as JSON in which long texts are references (`#NAME`), so that a turn which stands in
 * every later request of its dialogue is stored once.
 */
export class SharedTexts {
  readonly #names = new Map<string, string>();

  write(value: unknown): Shared {
    const fresh: Record<string, string> = {};
    const json = JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'string' ? this.#refer(part, fresh) : part,
    );
    return { json, fresh };
  }

  #refer(text: string, fresh: Record<string, string>): string {
    if (text.length < LONG) return text.startsWith(MARK) ? MARK + text : text;
    const known = this.#names.get(text);
    if (known !== undefined) return MARK + known;
    const name = hash('sha256', JSON.stringify(text), 'base64url');
    this.#names.set(text, name);
    fresh[name] = text;
    return MARK + name;
  }
}

/** Reads what {@link SharedTexts} wrote. @throws Error where a text is missing */
export function readSharedTexts(json: string, texts: ReadonlyMap<string, string>): unknown {
  return JSON.parse(json, (_, part: unknown) =>
    typeof part === 'string' && part.startsWith(MARK) ? resolve(part.slice(1), texts) : part,
  );
}

function resolve(rest: string, texts: ReadonlyMap<string, string>): string {
  if (rest.startsWith(MARK)) return rest;
  const text = texts.get(rest);
  if (text === undefined) throw new Error(`the journal has no text ${rest}`);
  return text;
}
