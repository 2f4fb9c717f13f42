import type { LabelledDialogue } from '../labelled/labelled-dialogue.js';
import type { Meter } from '../models/meter.js';
import type { Call } from './judged-dialogue.js';

/** A judge as a bench calls it: one labelled dialogue in, its calls out; it never sees the labels. */
export interface BenchedJudge {
  readonly name: string;
  readonly fingerprint: string;
  /** Whether it counts what it uses; verdicts that were made elsewhere have no cost here. */
  readonly isMetered: boolean;
  call(dialogue: LabelledDialogue, trial: Trial): Promise<readonly Call[]>;
}

/** One judging of one dialogue in a bench. */
export interface Trial {
  /** From 1; in another repeat the modes are asked in another order. */
  readonly repeat: number;
  readonly meter: Meter;
  /** Ends calls in flight with its reason. */
  readonly signal: AbortSignal;
}
