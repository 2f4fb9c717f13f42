import { wordsOf } from '../../transcript/spoken.js';
import { earlyFlaw, identityFlaw, numberFlaw, unsaidFlaw } from './content-checks.js';
import { clinicianFlaw, leakFlaw } from './role-checks.js';
import type { Check, Said } from './said.js';

/** What is wrong with an answer: its kind for the record, its text for the model that tries again. */
export interface Flaw {
  readonly kind: string;
  readonly text: string;
}

/** In the order in which they are looked at. */
const CHECKS: Readonly<Record<string, Check>> = {
  length: lengthFlaw,
  leak: leakFlaw,
  clinician: clinicianFlaw,
  early: earlyFlaw,
  number: numberFlaw,
  identity: identityFlaw,
  unsaid: unsaidFlaw,
};

/** The first flaw of an answer. Each check is a rule over its words: what passes may still be odd. */
export function flawOf(said: Said): Flaw | undefined {
  for (const [kind, check] of Object.entries(CHECKS)) {
    const text = check(said);
    if (text !== undefined) return { kind, text };
  }
  return undefined;
}

/** Words at most: 60 (90 where the persona likes to talk), and three times the lines and 25. */
function lengthFlaw({ text, lines, persona }: Said): string | undefined {
  const words = wordsOf(text).length;
  if (words === 0) return 'it has no words.';
  const directed = wordsOf(lines.join(' ')).length;
  // Lines longer than that are the scenario's own doing.
  const most = Math.max(persona.personality === 'verbose' ? 90 : 60, directed + 10);
  const limit = Math.min(most, 3 * directed + 25);
  return words > limit ? `it has ${words} words, more than ${limit}.` : undefined;
}
