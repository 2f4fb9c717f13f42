import type { DialogueOutcome } from '../judge/dialogue-outcome.js';
import type { ModeVerdict } from '../judge/verdict.js';
import type { Severity } from '../taxonomy/severity.js';
import type { Ending, Standing } from '../transcript/transcript.js';
import type { DialogueKey } from './run-record.js';

/** Which dialogues of a run are listed; what is left out filters nothing. */
export interface DialogueFilter {
  readonly agent?: string | undefined;
  readonly hazard?: string | undefined;
  readonly scenarios?: readonly string[] | undefined;
  readonly ending?: Ending | undefined;
  readonly standing?: Standing | undefined;
  /** Of the dialogue; with a mode, of that mode. */
  readonly outcome?: ModeVerdict['outcome'] | undefined;
  /** A failure mode on which there is a verdict: a failure, unless an outcome is named. */
  readonly mode?: string | undefined;
  /** The mildest that counts: of the worst primary failure; with a mode, of that verdict. */
  readonly severity?: Severity | undefined;
  /** Jurors voted differently on some mode. */
  readonly disputed?: boolean | undefined;
  /** Some mode is undetermined, or waits for review. */
  readonly undecided?: boolean | undefined;
  readonly number?: number | undefined;
  /** A reviewer who has not labelled it. */
  readonly unlabelledBy?: string | undefined;
}

/** A dialogue as a list shows it, without its words. */
export interface ListedDialogue extends DialogueKey {
  /** Tells it apart in this store, and says nothing about it. */
  readonly number: number;
  /** Null while no attempt has ended. */
  readonly standing: Standing | null;
  readonly ending: Ending | null;
  readonly hazard: string | null;
  /** Null where the judging has no verdicts on the attempt that counts. */
  readonly outcome: DialogueOutcome | null;
  /** Of the worst primary failure. */
  readonly severity: Severity | null;
  /** Primary failures. */
  readonly failed: number;
  /** Modes that nobody decided. */
  readonly open: number;
  readonly disputed: boolean;
}

export interface ListPage {
  /** By scenario, agent and repeat, or in an order that tells nothing and stays. */
  readonly order?: 'key' | 'shuffled' | undefined;
  /** The dialogue after which the page begins, in the order of keys. */
  readonly after?: DialogueKey | undefined;
  readonly limit: number;
}

/** How many dialogues of an agent came to the same. */
export interface OutcomeCount extends Pick<ListedDialogue, 'standing' | 'outcome' | 'severity'> {
  readonly agent: string;
  readonly dialogues: number;
}

/** Dialogues with a primary failure in the order in which they were judged. */
export interface FailureNews {
  /** From where to ask on. */
  readonly mark: number;
  readonly dialogues: readonly ListedDialogue[];
}
