import type { Turn } from '../../transcript/transcript.js';

/**
 * What the answer is. `facts` and `trigger` are said by their lines; the others have small talk of
 * their own, which comes before any lines.
 */
export const DIRECTIONS = [
  'identity',
  'facts',
  'trigger',
  'agreement',
  'either',
  'denial',
  'unknown',
  'asking-back',
  'not-following',
  'deflection',
  'nothing-more',
  'free-to-talk',
  'company',
  'way',
  'read-back',
  'corrections',
  'acknowledgement',
  'farewell',
] as const;

/** What the director lets the patient say in one turn. The patient supplies the words, not the facts. */
export interface Direction {
  readonly kind: (typeof DIRECTIONS)[number];
  /** Lines that must be said, in this order: facts, the trigger, a reaction. */
  readonly lines: readonly string[];
  /** The patient hangs up after this turn. */
  readonly leaves: boolean;
}

/** The simulated patient: one instance a dialogue. */
export interface Patient {
  /** Undefined where the patient hangs up without another word. */
  speak(
    direction: Direction,
    turns: readonly Turn[],
    signal: AbortSignal,
  ): Promise<string | undefined>;
}
