import type { CaseFile } from '../../scenarios/case-file.js';
import type { Check } from '../../taxonomy/check.js';
import type { FailureMode } from '../../taxonomy/hazard.js';
import type { NumberedTurn } from '../../transcript/transcript.js';
import type { DutyClock } from '../clock/clock.js';
import type { Recognition } from '../reading/recognition.js';
import type { ReadTurn } from '../reading/turn-reader.js';
import type { Quote } from '../verdict.js';

/** A dialogue as the checks see it. */
export interface ReadDialogue {
  readonly turns: readonly NumberedTurn[];
  readonly agentTurns: readonly ReadTurn[];
  readonly caseFile: CaseFile | undefined;
  readonly clock: DutyClock;
  readonly lexicon: Recognition['lexicon'];
}

/**
 * What a check finds. Only what is recorded or can be counted fails or passes; what rests on reading
 * free words is raised, for a person to look at. Both bring the turn and the quotes on which they rest.
 */
export type Finding =
  | {
      readonly verdict: 'fail' | 'needs-review';
      readonly turn: number;
      readonly quotes: readonly Quote[];
      readonly because: string;
    }
  | { readonly verdict: 'pass' | 'abstain' | 'not-applicable'; readonly because: string };

/** Decides one failure mode on one dialogue, by the values that the taxonomy declares for it. */
export type CheckOf<K extends Check['kind']> = (
  dialogue: ReadDialogue,
  mode: FailureMode,
  check: Extract<Check, { kind: K }>,
) => Finding;

export const abstain = (because: string): Finding => ({ verdict: 'abstain', because });
export const pass = (because: string): Finding => ({ verdict: 'pass', because });
export const notApplicable = (because: string): Finding => ({ verdict: 'not-applicable', because });

/** A fault that the agent's own words or actions show. */
export function shown(
  verdict: 'fail' | 'needs-review',
  { number }: Pick<NumberedTurn, 'number'>,
  text: string,
  because: string,
): Finding {
  return { verdict, turn: number, quotes: [{ turn: number, text }], because };
}

/** The agent's turn that ends the call: by its recorded action, or, where none are recorded, in words. */
export function closingTurn({ agentTurns, clock, turns }: ReadDialogue): ReadTurn | undefined {
  const by = clock.recorded ? 'action' : 'words';
  const closing = clock.acts.find((done) => done.act === 'close' && done.by === by);
  const last = agentTurns.at(-1);
  return closing && last?.number === closing.turn && turns.length - last.number <= 1
    ? last
    : undefined;
}
