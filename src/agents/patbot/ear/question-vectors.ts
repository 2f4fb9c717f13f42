import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DIMENSIONS, embedSentences, SCALE, type SentenceVector } from './sentence-embedder.js';

/** What a shipped question asks for: something of a case, an agreement, or what any call can hold. */
export const QUESTION_KINDS = ['asks', 'agrees', 'general'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];
/** Of one case, as against what any call can hold. */
export type CaseKind = Exclude<QuestionKind, 'general'>;

export interface VectorRecord {
  readonly text: string;
  readonly kind: QuestionKind;
  readonly vector: SentenceVector;
}

/** A shipped question, and the cosine to it. */
export interface NearQuestion {
  readonly number: number;
  readonly cosine: number;
}

/** More than any case has questions of its own. */
const MOST_NEAR = 400;

/** Directions that a first look takes, and how many questions it leaves to be looked at whole. */
const ROUGH_DIRECTIONS = 32;
const MOST_ROUGH = 1500;

const KEY_BYTES = 8;
const RECORD_BYTES = KEY_BYTES + 1 + DIMENSIONS;

export const VECTORS_FILE = fileURLToPath(
  new URL('../../../../datasets/patbot/question-vectors.bin', import.meta.url),
);

/** Record by record: the text's key (first bytes of its SHA-256), its kind, its vector. */
export function packVectors(records: readonly VectorRecord[]): Buffer {
  return Buffer.concat(
    records.flatMap(({ text, kind, vector }) => [
      keyOf(text),
      Buffer.of(QUESTION_KINDS.indexOf(kind)),
      Buffer.from(vector),
    ]),
  );
}

/** Questions with their vectors, by number. */
export class QuestionVectors {
  readonly count: number;
  readonly #bytes: Int8Array;
  readonly #numbers = new Map<bigint, number>();
  /** Texts that were looked up: cases share the questions of any call. */
  readonly #asked = new Map<string, number | undefined>();
  readonly #kinds = new Map<QuestionKind, Int32Array>();
  #rough: Int32Array | undefined;

  constructor(packed: Buffer) {
    this.count = packed.length / RECORD_BYTES;
    this.#bytes = new Int8Array(packed.buffer, packed.byteOffset, packed.length);
    for (let number = 0; number < this.count; number += 1) {
      this.#numbers.set(packed.readBigUInt64LE(number * RECORD_BYTES), number);
    }
  }

  /** Undefined where the text's vector is not among them. */
  numberOf(text: string): number | undefined {
    if (!this.#asked.has(text)) {
      this.#asked.set(text, this.#numbers.get(keyOf(text).readBigUInt64LE()));
    }
    return this.#asked.get(text);
  }

  kind(number: number): QuestionKind {
    return QUESTION_KINDS[this.#bytes[number * RECORD_BYTES + KEY_BYTES] ?? 2] ?? 'general';
  }

  vector(number: number): SentenceVector {
    const start = number * RECORD_BYTES + KEY_BYTES + 1;
    return this.#bytes.subarray(start, start + DIMENSIONS);
  }

  /** The nearest that ask or agree, nearest first: more than any one case has. */
  nearest(sentence: SentenceVector): Record<CaseKind, NearQuestion[]> {
    const rough = this.#roughly(sentence);
    const of = (kind: CaseKind) => this.#nearestOf(leading(this.#ofKind(kind), rough), sentence);
    return { asks: of('asks'), agrees: of('agrees') };
  }

  /** Products are whole: each is sorted as one number with the place of its question, the first of equals first. */
  #nearestOf(numbers: readonly number[], sentence: SentenceVector): NearQuestion[] {
    const count = numbers.length;
    const keys = Float64Array.from(
      numbers,
      (number, place) => -product(this.vector(number), sentence) * count + place,
    ).sort();
    return Array.from(keys.subarray(0, MOST_NEAR), (key) => {
      const near = Math.floor(key / count);
      return { number: numbers[key - near * count] ?? 0, cosine: -near / (SCALE * SCALE) };
    });
  }

  #ofKind(kind: QuestionKind): Int32Array {
    let numbers = this.#kinds.get(kind);
    if (!numbers) {
      const all = Int32Array.from({ length: this.count }, (_, number) => number);
      numbers = all.filter((number) => this.kind(number) === kind);
      this.#kinds.set(kind, numbers);
    }
    return numbers;
  }

  /** How near a sentence is to each of them in the first directions, in which questions differ most. */
  #roughly(sentence: SentenceVector): Int32Array {
    const bytes = this.#bytes;
    const found = (this.#rough ??= new Int32Array(this.count));
    for (let number = 0; number < this.count; number += 1) {
      const start = number * RECORD_BYTES + KEY_BYTES + 1;
      let sum = 0;
      for (let part = 0; part < ROUGH_DIRECTIONS; part += 1) {
        sum += (bytes[start + part] ?? 0) * (sentence[part] ?? 0);
      }
      found[number] = sum;
    }
    return found;
  }
}

/** Those that lead by a rough measure, enough to hold the nearest. */
function leading(numbers: Int32Array, rough: Int32Array): number[] {
  const values = numbers.map((number) => rough[number] ?? 0);
  const least = numbers.length > MOST_ROUGH ? nthLargest(values, MOST_ROUGH) : -Infinity;
  const found: number[] = [];
  for (const number of numbers) if ((rough[number] ?? 0) >= least) found.push(number);
  return found;
}

/** By quickselect, which sorts only what it must; it moves the values about. */
function nthLargest(values: Int32Array, nth: number): number {
  const wanted = values.length - nth;
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = values[(low + high) >> 1] ?? 0;
    let [left, right] = [low, high];
    while (left <= right) {
      while ((values[left] ?? 0) < pivot) left += 1;
      while ((values[right] ?? 0) > pivot) right -= 1;
      if (left > right) break;
      [values[left], values[right]] = [values[right] ?? 0, values[left] ?? 0];
      left += 1;
      right -= 1;
    }
    if (wanted <= right) high = right;
    else if (wanted >= left) low = left;
    else break;
  }
  return values[wanted] ?? 0;
}

let shipped: QuestionVectors | undefined;

/** Every question of this package's scenarios, made by `npm run vectors`. */
export function shippedVectors(): QuestionVectors {
  shipped ??= new QuestionVectors(readFileSync(VECTORS_FILE));
  return shipped;
}

/** The vectors of texts, in their order: shipped, else embedded now. */
export async function vectorsOf(texts: readonly string[]): Promise<SentenceVector[]> {
  const known = shippedVectors();
  const numbers = texts.map((text) => known.numberOf(text));
  const missing = texts.filter((_, index) => numbers[index] === undefined);
  const embedded = missing.length > 0 ? await embedSentences(missing) : [];
  return numbers.flatMap((number) =>
    number === undefined ? embedded.splice(0, 1) : [known.vector(number)],
  );
}

/** Cosine of two vectors, -1 to 1. */
export function cosine(a: SentenceVector, b: SentenceVector): number {
  return product(a, b) / (SCALE * SCALE);
}

function product(a: SentenceVector, b: SentenceVector): number {
  let sum = 0;
  for (let part = 0; part < DIMENSIONS; part += 1) sum += (a[part] ?? 0) * (b[part] ?? 0);
  return sum;
}

function keyOf(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, KEY_BYTES);
}
