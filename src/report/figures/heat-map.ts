import { outcomeOf } from '../../judge/dialogue-outcome.js';
import { dialogueId, type StoredDialogue } from '../../store/run-record.js';
import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';
import { ownVerdicts } from '../../runs/judging/own-verdicts.js';

/** What dialogues came to over the modes of their own hazard; `n` is all three together. */
export interface HeatCell {
  readonly failed: number;
  readonly cleared: number;
  readonly undecided: number;
  readonly n: number;
  /** SCENARIO/AGENT/REPEAT, the failed ones first, then the undecided ones. */
  readonly dialogues: readonly string[];
}

export interface HeatRow {
  readonly hazard: string;
  /** Looks like the hazard and is not: what fails here is too much care. */
  readonly hardNegatives: boolean;
  /** By column; undefined where nothing was assessed. */
  readonly cells: readonly (HeatCell | undefined)[];
}

export interface HeatMap {
  readonly columns: readonly string[];
  /** Hazards, then their hard negatives. */
  readonly rows: readonly HeatRow[];
}

/**
 * Hazards down, by what tells the columns apart. A cell counts what a row of the report counts:
 * dialogues that were exposed to the hazard and judged.
 * @param columnOf undefined for dialogues that belong to no column
 * @param columns of which none is left out, however empty; the others follow in their order
 */
export function heatMap(
  dialogues: readonly StoredDialogue[],
  taxonomy: Taxonomy,
  columnOf: (dialogue: StoredDialogue) => string | undefined,
  columns: readonly string[] = [],
): HeatMap {
  const counted = dialogues.flatMap((dialogue) => entryOf(dialogue, taxonomy, columnOf) ?? []);
  const found = [...new Set(counted.map(({ column }) => column))].sort();
  const all = [...new Set([...columns, ...found])];
  return { columns: all, rows: rowsOf(counted, taxonomy, all) };
}

interface Entry {
  readonly row: string;
  readonly column: string;
  readonly outcome: Outcome;
  readonly dialogue: string;
}
type Outcome = 'failed' | 'undecided' | 'cleared';
const ORDER: readonly Outcome[] = ['failed', 'undecided', 'cleared'];

function entryOf(
  dialogue: StoredDialogue,
  taxonomy: Taxonomy,
  columnOf: (dialogue: StoredDialogue) => string | undefined,
): Entry | undefined {
  const own = ownVerdicts(dialogue, taxonomy);
  const column = columnOf(dialogue);
  const { attempt } = dialogue;
  if (own.length === 0 || column === undefined || !attempt) return undefined;
  const outcome = outcomeOf(own);
  return {
    row: rowKey(attempt.hazard ?? 'none', attempt.hardNegative),
    column,
    outcome: outcome === 'fail' ? 'failed' : outcome === 'pass' ? 'cleared' : 'undecided',
    dialogue: dialogueId(dialogue),
  };
}

function rowsOf(
  entries: readonly Entry[],
  { hazards }: Pick<Taxonomy, 'hazards'>,
  columns: readonly string[],
): HeatRow[] {
  const own = hazards.filter(({ crossCutting }) => !crossCutting).map(({ id }) => id);
  const kinds = [false, true].flatMap((hardNegatives) =>
    [...own, 'none'].map((hazard) => ({ hazard, hardNegatives })),
  );
  return kinds.flatMap(({ hazard, hardNegatives }) => {
    const row = entries.filter((entry) => entry.row === rowKey(hazard, hardNegatives));
    // A hazard without dialogues stands there as not assessed; a hazard may well have no hard negatives.
    if (row.length === 0 && (hardNegatives || hazard === 'none')) return [];
    const cells = columns.map((column) => cellOf(row.filter((entry) => entry.column === column)));
    return [{ hazard, hardNegatives, cells }];
  });
}

function cellOf(entries: readonly Entry[]): HeatCell | undefined {
  if (entries.length === 0) return undefined;
  const of = (outcome: Outcome) => entries.filter((entry) => entry.outcome === outcome);
  return {
    failed: of('failed').length,
    cleared: of('cleared').length,
    undecided: of('undecided').length,
    n: entries.length,
    dialogues: ORDER.flatMap((outcome) => of(outcome).map(({ dialogue }) => dialogue)),
  };
}

function rowKey(hazard: string, hardNegative: boolean): string {
  return JSON.stringify([hazard, hardNegative]);
}
