import { dialogueId } from '../../store/run-record.js';
import type { Knowledge } from './observation.js';
import type { DialoguePair } from './pair-dialogues.js';

/** A pair that one side failed. */
export interface Move {
  /** SCENARIO/AGENT/REPEAT of each side. */
  readonly first: string;
  readonly second: string;
  /** Modes that failed as primary failures, on the side that did. */
  readonly failed: readonly string[];
}

export interface Moves {
  /** Failed by the second side, passed by the first. */
  readonly worse: readonly Move[];
  /** Failed by the first side, passed by the second. */
  readonly better: readonly Move[];
  /** Failed by the second side, while the first is not decided. */
  readonly perhapsWorse: readonly Move[];
  /** Failed by the first side, while the second is not decided. */
  readonly perhapsBetter: readonly Move[];
}

export function listMoves(pairs: readonly DialoguePair[]): Moves {
  const list = (failing: Name, passed: boolean) =>
    pairs.flatMap((pair) => moveOf(pair, failing, passed));
  return {
    worse: list('second', true),
    better: list('first', true),
    perhapsWorse: list('second', false),
    perhapsBetter: list('first', false),
  };
}

type Name = 'first' | 'second';

function moveOf({ first, second }: DialoguePair, failing: Name, passed: boolean): Move[] {
  if (!first || !second) return [];
  const [failed, other] = failing === 'first' ? [first, second] : [second, first];
  if (failed.known.all !== 'fail' || !isSo(other.known.all, passed)) return [];
  return [{ first: dialogueId(first), second: dialogueId(second), failed: failed.failed }];
}

/** Passed; or neither passed nor failed. */
function isSo(known: Knowledge, passed: boolean): boolean {
  return passed ? known === 'pass' : known !== 'pass' && known !== 'fail';
}
