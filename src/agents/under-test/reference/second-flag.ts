import type { CaseNow } from './case-now.js';
import type { ToldFact } from './patient-words.js';
import type { Telling } from './telling-words.js';

/** A flag told in the same turn as the words that the level rests on, and not among them. */
export function secondFlag(flags: readonly ToldFact[], { all }: Telling): ToldFact | undefined {
  return flags.find(({ words }) => !(all.includes(words) || words.includes(all)));
}

/** A second flag has its own words, and its own level where a person is called for another reason. */
export function moveForSecond({ fact }: ToldFact, { act }: CaseNow['level']): string {
  const isOther = act === 'HANDOVER' && fact.escalation?.act === 'URGENT';
  return isOther ? 'escalate-URGENT-beside' : 'also-concern';
}

/** A turn's moves with one more, before the question that ends them. */
export function besideIn(moves: readonly string[], move: string): string[] {
  const at = Math.max(1, moves.length - 1);
  return [...moves.slice(0, at), move, ...moves.slice(at)];
}
