// Finds the directions in which the shipped questions differ most, onto which all sentence vectors are projected.
// Made anew only with another sentence model: all vectors change with it (then `npm run vectors`).
import { Buffer } from 'node:buffer';
import { writeFileSync } from 'node:fs';
import { embedWhole, PROJECTION_FILE } from '../dist/agents/patbot/ear/sentence-embedder.js';
import { shippedQuestions } from '../dist/agents/patbot/ear/shipped-questions.js';
import { loadScenarios } from '../dist/scenarios/load-scenarios.js';
import { loadTaxonomy } from '../dist/taxonomy/load-taxonomy.js';

const KEPT = Number(process.argv[2] ?? 128);
const ROUNDS = 25;
/** Every eighth question shows the directions well enough. */
const EVERY = 8;

const { scenarios } = loadScenarios(loadTaxonomy());
const texts = shippedQuestions(scenarios)
  .map(({ text }) => text)
  .filter((_, index) => index % EVERY === 0);
const vectors = [];
for (let start = 0; start < texts.length; start += 64) {
  vectors.push(...(await embedWhole(texts.slice(start, start + 64))));
}
const size = vectors[0].length;

/** How often two parts of a vector go together, over all questions. */
const together = Array.from({ length: size }, () => new Float64Array(size));
for (const vector of vectors) {
  for (let a = 0; a < size; a += 1) {
    const row = together[a];
    for (let b = 0; b < size; b += 1) row[b] += vector[a] * vector[b];
  }
}

// Orthogonal iteration from unit vectors: the span turns into the directions of greatest spread.
let basis = Array.from({ length: KEPT }, (_, index) =>
  Float64Array.from({ length: size }, (_, part) => (part % KEPT === index ? 1 : 0)),
);
for (let round = 0; round < ROUNDS; round += 1) {
  basis = orthonormal(basis.map((direction) => together.map((row) => dot(row, direction))));
}
writeFileSync(PROJECTION_FILE, Buffer.from(Float32Array.from(basis.flatMap((b) => [...b])).buffer));
const kept = vectors.reduce((sum, v) => sum + basis.reduce((s, b) => s + dot(v, b) ** 2, 0), 0);
console.log(`${KEPT} of ${size} directions hold ${((100 * kept) / vectors.length).toFixed(1)} %`);

function dot(a, b) {
  let sum = 0;
  for (let part = 0; part < a.length; part += 1) sum += a[part] * b[part];
  return sum;
}

function orthonormal(directions) {
  const done = [];
  for (const direction of directions) {
    const left = Float64Array.from(direction);
    for (const other of done) {
      const share = dot(left, other);
      for (let part = 0; part < size; part += 1) left[part] -= share * other[part];
    }
    const length = Math.sqrt(dot(left, left));
    done.push(left.map((value) => value / length));
  }
  return done;
}
