import { hash } from 'node:crypto';
import { DEEPEST } from '../../read-file.js';

/** Characters from which a text is kept apart from the calls that hold it. */
const LONG = 48;
const MARK = '#';

/** A value as JSON, and the texts in it that no value before had, by their names. */
export interface Shared {
  readonly json: string;
  /** What the JSON reads as; left out where it is nested deeper than anybody's data. */
  readonly value?: unknown;
  readonly fresh: Readonly<Record<string, string>>;
}

/**
 * Writes values as JSON in which long texts are references (`#NAME`), so that a turn which stands in
 * every later request of its dialogue is stored once.
 */
export class SharedTexts {
  readonly #names = new Map<string, string>();

  /** @param value as JSON can hold it: plain objects, arrays, texts, numbers, booleans, null */
  write(value: unknown): Shared {
    const fresh: Record<string, string> = {};
    let deepest = 0;
    const copy = (part: unknown, depth: number): unknown => {
      deepest = Math.max(deepest, depth);
      if (typeof part === 'string') return this.#refer(part, fresh);
      if (typeof part === 'number') return Number.isFinite(part) ? part : null;
      if (typeof part !== 'object' || part === null) return part;
      if (Array.isArray(part)) return part.map((each) => copy(each ?? null, depth + 1));
      const entries = Object.entries(part).filter(([, each]) => each !== undefined);
      return Object.fromEntries(entries.map(([name, each]) => [name, copy(each, depth + 1)]));
    };
    const shared = copy(value, 0);
    return { json: JSON.stringify(shared), fresh, ...(deepest < DEEPEST && { value: shared }) };
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
