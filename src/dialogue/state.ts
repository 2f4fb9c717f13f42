import { Annotation } from '@langchain/langgraph/web';
import type { Ear } from '../agents/patbot/ear/ear.js';
import type { Patient } from '../agents/patbot/patient.js';
import type { AgentUnderTest } from '../agents/under-test/agent.js';
import type { Ending, Turn } from '../transcript/transcript.js';
import {
  NOTHING_TOLD,
  type Disclosure,
  type Script,
} from '../agents/patbot/director/disclosure.js';

/** Who takes part in one dialogue, and within which bounds. */
export interface Cast {
  readonly agent: AgentUnderTest;
  readonly patient: Patient;
  readonly script: Script;
  readonly ear: Ear;
  /** Turns over both speakers, at least the trigger's turn. */
  readonly maxTurns: number;
  /** False once a budget is spent: the dialogue stops before its next agent turn. */
  readonly withinBudget: () => boolean;
  readonly signal: AbortSignal;
  /** Told as a turn begins; what it gives is told how that ended. */
  readonly onTurn?: OnTurn | undefined;
}

export type OnTurn = (number: number, speaker: Turn['role']) => (ended: EndedTurn) => void;

/** A turn that was said, or how the dialogue ended in its place; both where it was the last. */
export interface EndedTurn {
  readonly turn: Turn | undefined;
  readonly ending: Ending | undefined;
}

/** Where a dialogue is taken up: turns that were said elsewhere, the last by the patient, and what they told. */
export interface Beginning {
  readonly turns: readonly Turn[];
  readonly disclosure: Disclosure;
}

/** State of the dialogue graph; the cast is handed in and never changes. */
export const DialogueState = Annotation.Root({
  cast: Annotation<Cast>,
  turns: Annotation<readonly Turn[]>({ reducer: (_, next) => next, default: () => [] }),
  disclosure: Annotation<Disclosure>({ reducer: (_, next) => next, default: () => NOTHING_TOLD }),
  ending: Annotation<Ending | undefined>,
  error: Annotation<string | undefined>,
});
export type DialogueStateType = typeof DialogueState.State;
