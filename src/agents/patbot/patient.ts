import type { Turn } from '../../transcript/transcript.js';

/** What the director lets the patient say in one turn. The patient supplies the words, not the facts. */
export interface Direction {
  readonly kind:
    'identity' | 'facts' | 'trigger' | 'deflection' | 'denial' | 'acknowledgement' | 'farewell';
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
