// Embeds every question of the scenarios that is not embedded yet, and counts all words, for the rules ear.
import { writeFileSync } from 'node:fs';
import { countWords, WORDS_FILE } from '../dist/agents/patbot/ear/content-words.js';
import {
  packVectors,
  vectorsOf,
  VECTORS_FILE,
} from '../dist/agents/patbot/ear/question-vectors.js';
import { shippedQuestions } from '../dist/agents/patbot/ear/shipped-questions.js';
import { loadScenarios } from '../dist/scenarios/load-scenarios.js';
import { loadTaxonomy } from '../dist/taxonomy/load-taxonomy.js';

const { scenarios } = loadScenarios(loadTaxonomy(), process.argv[2]);
const questions = shippedQuestions(scenarios);
const records = [];
for (let start = 0; start < questions.length; start += 64) {
  const batch = questions.slice(start, start + 64);
  const vectors = await vectorsOf(batch.map(({ text }) => text));
  records.push(...batch.map((question, index) => ({ ...question, vector: vectors[index] })));
}
writeFileSync(VECTORS_FILE, packVectors(records));
const words = countWords(questions.map(({ text }) => text));
writeFileSync(WORDS_FILE, `${JSON.stringify(words)}\n`);
console.log(`${records.length} questions, ${Object.keys(words.holding).length} words`);
