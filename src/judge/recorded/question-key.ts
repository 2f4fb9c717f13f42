import { canonicalJson, sha256 } from '../../evidence/canonical-json.js';
import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';
import {
  judgeMessages,
  type Guard,
  type JudgePrompt,
  type Question,
} from '../model/judge-prompt.js';
import { quoteTurns } from '../model/quote-transcript.js';

/** Marks that are the same for every question. */
const FIXED: Guard = { marks: { begin: '<<<', end: '>>>', key: '' }, quote: quoteTurns };

/**
 * By what an answer to a question is found again: SHA-256, 64 hex digits, over all of its prompt but
 * what a nonce decides. So marks are fixed and modes stand in the order of their ids.
 */
export function questionKey(
  prompt: JudgePrompt,
  taxonomy: Pick<Taxonomy, 'conditions' | 'hazards'>,
  question: Question,
): string {
  const modes = [...question.modes].sort((a, b) => (a.id < b.id ? -1 : 1));
  return sha256(canonicalJson(judgeMessages(prompt, taxonomy, { ...question, modes }, FIXED)));
}
