import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DIMENSIONS, embedSentences, SCALE, type SentenceVector } from './sentence-embedder.js';

/** What a shipped question asks for: something of a case, an agreement, or what any call can hold. */
export const QUESTION_KINDS = ['asks', 'agrees', 'general'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

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
  readonly #kinds = new Map<QuestionKind, number[]>();
  #found: Float32Array | undefined;

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

  /** The nearest of each kind, nearest first: as many as one case has, and some of others. */
  nearest(sentence: SentenceVector): Record<QuestionKind, NearQuestion[]> {
    const cosines = this.#cosines(sentence);
    const of = (kind: QuestionKind) => nearestAmong(this.#ofKind(kind), cosines);
    return { asks: of('asks'), agrees: of('agrees'), general: of('general') };
  }

  #ofKind(kind: QuestionKind): number[] {
    let numbers = this.#kinds.get(kind);
    if (!numbers) {
      numbers = Array.from({ length: this.count }, (_, number) => number).filter(
        (number) => this.kind(number) === kind,
      );
      this.#kinds.set(kind, numbers);
    }
    return numbers;
  }

  /** How near, as a cosine, a sentence is to each of them. */
  #cosines(sentence: SentenceVector): Float32Array {
    const bytes = this.#bytes;
    const found = (this.#found ??= new Float32Array(this.count));
    for (let number = 0; number < this.count; number += 1) {
      const start = number * RECORD_BYTES + KEY_BYTES + 1;
      let sum = 0;
      for (let part = 0; part < DIMENSIONS; part += 1) {
        sum += (bytes[start + part] ?? 0) * (sentence[part] ?? 0);
      }
      found[number] = sum / (SCALE * SCALE);
    }
    return found;
  }
}

function nearestAmong(numbers: readonly number[], cosines: Float32Array): NearQuestion[] {
  const values = Float32Array.from(numbers, (number) => cosines[number] ?? -1).sort();
  const least = values[values.length - MOST_NEAR] ?? -1;
  return numbers
    .map((number): NearQuestion => ({ number, cosine: cosines[number] ?? -1 }))
    .filter(({ cosine }) => cosine >= least)
    .sort((a, b) => b.cosine - a.cosine);
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
  let sum = 0;
  for (let part = 0; part < DIMENSIONS; part += 1) sum += (a[part] ?? 0) * (b[part] ?? 0);
  return sum / (SCALE * SCALE);
}

function keyOf(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, KEY_BYTES);
}
