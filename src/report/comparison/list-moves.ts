import { dialogueId } from '../../store/run-record.js';
import { obstacleOf, type DialoguePair } from './pair-dialogues.js';

/** A pair that one side failed and the other passed. */
export interface Move {
  /** SCENARIO/AGENT/REPEAT of each side. */
  readonly first: string;
  readonly second: string;
  /** Modes that failed, on the side that did. */
  readonly failed: readonly string[];
}

export interface Moves {
  /** Passed by the second side, failed by the first. */
  readonly better: readonly Move[];
  /** Failed by the second side, passed by the first. */
  readonly worse: readonly Move[];
}

export function listMoves(pairs: readonly DialoguePair[]): Moves {
  const decided = pairs.filter((pair) => obstacleOf(pair, 'all') === undefined);
  const moved = (from: 'first' | 'second', to: 'first' | 'second') =>
    decided.flatMap((pair) => moveOf(pair, from, to));
  return { better: moved('first', 'second'), worse: moved('second', 'first') };
}

function moveOf(
  { first, second, ...pair }: DialoguePair,
  failing: 'first' | 'second',
  passing: 'first' | 'second',
): Move[] {
  if (!first || !second) return [];
  const sides = { ...pair, first, second };
  if (sides[failing].known.all !== 'fail' || sides[passing].known.all !== 'pass') return [];
  return [{ first: dialogueId(first), second: dialogueId(second), failed: sides[failing].failed }];
}
