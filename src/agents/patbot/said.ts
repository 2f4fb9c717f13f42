import type { Scenario } from '../../scenarios/scenario.js';
import type { Turn } from '../../transcript/transcript.js';
import type { Direction } from './patient.js';
import type { Persona } from './persona.js';

/** A patient's answer, with all that it is checked against. */
export interface Said {
  readonly text: string;
  readonly direction: Direction;
  /** What was to be said: the direction's lines, or small talk of its kind. */
  readonly lines: readonly string[];
  /** Every line directed in this dialogue, those of this turn included; no small talk. */
  readonly told: readonly string[];
  /** The dialogue until now; the last turn is the agent's. */
  readonly turns: readonly Turn[];
  readonly scenario: Scenario;
  readonly persona: Persona;
  readonly triggerWording: string;
  /** The system prompt. */
  readonly instructions: string;
}

/** Looks at one thing: the flaw in words for the model that tries again, or undefined. */
export type Check = (said: Said) => string | undefined;
