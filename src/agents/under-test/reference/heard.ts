import type { Wording } from '../../../scenarios/scenario.js';
import type { ItemOfTask } from './item-answers.js';
import type { ToldFact } from './patient-words.js';

/** What the agent had asked when the patient spoke. */
export interface Asked {
  /** Required items, still without an answer. */
  readonly items: readonly ItemOfTask[];
  readonly speaker: boolean;
  /** A question about the cue, or whether the recap is right. */
  readonly follows: boolean;
  /** What the agent asked, where it was no item's question. */
  readonly question: string;
}

/** An item still open, and the part of its question that is, where the rest was answered. */
export interface Missed {
  readonly item: ItemOfTask;
  readonly part?: string;
}

/** What one turn of the patient brought. */
export interface Heard {
  readonly text: string;
  readonly cue: Wording | undefined;
  /** Facts that set a level of their own, the highest first. */
  readonly flags: readonly ToldFact[];
  readonly question: string | undefined;
  /** Items that were asked and got no answer, or none to a part of the question. */
  readonly missed: readonly Missed[];
  readonly asksBack: boolean;
  readonly asksWhy: boolean;
  /** Asks whether the call is nearly through. */
  readonly asksHowLong: boolean;
  /** What the caller would like of the service: a person, a time, a place. */
  readonly wish: string | undefined;
  /** Says that something was passed over. */
  readonly protests: boolean;
  /** Something was told beside the cue. */
  readonly tells: boolean;
  /** A fact that answers the cue's item, after the cue. */
  readonly clears: boolean;
  /** A symptom beside the answer to an item, in the patient's words. */
  readonly beside: string | undefined;
  /** It is what the item asks after, and a red flag hangs on that. */
  readonly present: boolean;
  /** The first question in the turn, the cue's own among them. */
  readonly cueQuestion: string | undefined;
}
