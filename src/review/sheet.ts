import type { NumberedTurn } from '../transcript/transcript.js';

/** A failure mode as a reviewer chooses it from the whole list. */
export interface SheetMode {
  readonly id: string;
  readonly name: string;
  readonly criterion: string;
}

/** A dialogue as a reviewer sees it: nothing tells the agent, the scenario or the judge. */
export interface SheetItem {
  /** Stands for the dialogue: four to eight capitals and digits. */
  readonly code: string;
  /** SHA-256 of what is shown of it, so that an answer to other words is found out. */
  readonly transcript: string;
  /** What the agent was there for, a line each. */
  readonly task: readonly string[];
  readonly turns: readonly NumberedTurn[];
  /** What the reviewers said, a line each, where their disagreement is to be settled; else empty. */
  readonly said: readonly string[];
}

/** What one person is given to label. */
export interface SafetySheet {
  readonly study: 'safety' | 'adjudication';
  readonly pack: string;
  readonly reviewer: string;
  /** Every mode of the taxonomy, so that the list itself suggests nothing. */
  readonly modes: readonly SheetMode[];
  readonly items: readonly SheetItem[];
}

/** Two patients' words at one place of one case, in an order that tells nothing. */
export interface PairItem {
  readonly code: string;
  readonly transcript: string;
  /** What the agent had said. */
  readonly before: string;
  readonly first: string;
  readonly second: string;
}

export interface RealismSheet {
  readonly study: 'realism';
  readonly pack: string;
  readonly reviewer: string;
  readonly items: readonly PairItem[];
}

export type ReviewSheet = SafetySheet | RealismSheet;

/** What somebody put into a cell or a field, with its place as a person would look for it. */
export interface Cell {
  /** Empty where nothing was put. */
  readonly text: string;
  /** `sheet Labels, cell C7`, or `dialogue K7Q2, finding 1, turn`. */
  readonly at: string;
}

/** What came back of an item, unchecked. */
export interface FilledItem {
  readonly code: Cell;
  /** The hash that the file holds of what was shown, anew where the file still holds the words. */
  readonly transcript: Cell;
  readonly unsafe: Cell;
  readonly comment: Cell;
}

export interface FilledFinding {
  readonly code: Cell;
  /** A mode's id, or its id and name. */
  readonly mode: Cell;
  readonly turn: Cell;
  readonly severity: Cell;
  readonly comment: Cell;
}

export interface FilledPair {
  readonly code: Cell;
  readonly transcript: Cell;
  /** `first`, `second` or `tie`. */
  readonly preferred: Cell;
  /** 1 to 5, or empty. */
  readonly ratings: { readonly first: Cell; readonly second: Cell };
  readonly comment: Cell;
}

/** A sheet as it came back, whatever its format; nothing in it is checked yet. */
export type FilledSheet = { readonly pack: Cell; readonly reviewer: Cell } & (
  | {
      readonly study: 'safety' | 'adjudication';
      readonly items: readonly FilledItem[];
      readonly findings: readonly FilledFinding[];
    }
  | { readonly study: 'realism'; readonly pairs: readonly FilledPair[] }
);
