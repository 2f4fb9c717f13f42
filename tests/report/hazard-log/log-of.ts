import { hazardLog, type HazardLog } from '../../../src/report/hazard-log/hazard-log.js';
import { NO_INPUTS, type Inputs } from '../../../src/report/hazard-log/inputs.js';
import type { HazardEntry } from '../../../src/report/hazard-log/hazard-entry.js';
import type { StoredDialogue, Validity } from '../../../src/store/run-record.js';
import { judging, recordOf, streamOf, taxonomy } from '../stored-dialogue.js';

interface Given {
  readonly inputs?: Inputs;
  readonly residual?: readonly StoredDialogue[];
  readonly validity?: readonly Validity[];
}

export function logOf(
  dialogues: readonly StoredDialogue[],
  { inputs = NO_INPUTS, residual, validity = [] }: Given = {},
): Promise<HazardLog> {
  const source = (all: readonly StoredDialogue[]) => ({
    run: recordOf(all.length),
    judging,
    agent: 'bot',
    validity,
    hashes: { simulation: 'a'.repeat(64), judgings: {} },
    recordHashes: new Map([
      ['H01-D01/bot/1', { attempt: 'b'.repeat(64), verdicts: 'c'.repeat(64) }],
    ]),
    dialogues: streamOf(all),
  });
  return hazardLog(source(dialogues), residual && source(residual), taxonomy, inputs);
}

export function entryOf(log: HazardLog, id: string): HazardEntry {
  const entry = log.initial.entries.find(({ hazard }) => hazard.id === id);
  if (!entry) throw new Error(`no ${id}`);
  return entry;
}

/** The one cell of a sheet's row, by the title of its column. */
export function cellOf(
  sheet: { columns: readonly { title: string }[]; rows: readonly (readonly unknown[])[] },
  row: string,
  title: string,
): unknown {
  const at = sheet.columns.findIndex((column) => column.title === title);
  if (at === -1) throw new Error(`no column ${title}`);
  return sheet.rows.find(([id]) => id === row)?.[at];
}
