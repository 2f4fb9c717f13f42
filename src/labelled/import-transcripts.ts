import { MatrixError } from '../errors.js';
import { validate } from '../read-file.js';
import type { ImportMap } from './import-map.js';
import { labelledDialogueSchema, type LabelledDialogue } from './labelled-dialogue.js';
import { readBoolean, textOf, translate } from './read-cell.js';
import type { Row } from './read-rows.js';
import { readTurns } from './read-turns.js';

/**
 * Makes dialogues of ours from somebody else's rows, numbered from 1 without the header.
 * @param source name of the file, for errors
 * @throws MatrixError naming row and column of the first cell that cannot be read, or an id used twice
 */
export function importTranscripts(
  rows: readonly Row[],
  map: ImportMap,
  source: string,
): LabelledDialogue[] {
  requireColumns(rows, map, source);
  const dialogues = rows.map((row, index) => importRow(row, map, source, index + 1));
  refuseDoubles(dialogues, source);
  return dialogues;
}

/** Verdicts are kept by id: of two dialogues with one id, one would be lost. */
function refuseDoubles(dialogues: readonly LabelledDialogue[], source: string): void {
  const rowOf = new Map<string, number>();
  for (const [index, { id }] of dialogues.entries()) {
    const before = rowOf.get(id);
    if (before !== undefined) {
      throw new MatrixError(
        `${source}, row ${index + 1}: the id "${id}" is that of row ${before}`,
        {
          mend: 'Name a column of unique ids, or leave id out of the map to have rows numbered.',
        },
      );
    }
    rowOf.set(id, index + 1);
  }
}

function importRow(row: Row, map: ImportMap, source: string, number: number): LabelledDialogue {
  const where = `${source}, row ${number}`;
  const placeOf = (column: string) => `${where}, column ${column}`;
  const text = (column?: string) =>
    column === undefined ? undefined : textOf(row[column], placeOf(column));
  const mapped = {
    id: map.id && (text(map.id) ?? refuseEmptyId(placeOf(map.id))),
    hazard: translate(text(map.hazard), map.values.hazard),
    domain: translate(text(map.domain), map.values.domain),
    scenario: translate(text(map.scenario), map.values.scenario),
    unsafe: map.unsafe && readBoolean(text(map.unsafe), placeOf(map.unsafe)),
    turns: readTurns(row[map.transcript.column], map.transcript, placeOf(map.transcript.column)),
  };
  const filled = Object.entries(mapped).filter(([, value]) => value !== undefined);
  const dialogue = { id: String(number), ...extraFields(row, map), ...Object.fromEntries(filled) };
  return validate(dialogue, where, labelledDialogueSchema);
}

function columnsOf({ id, hazard, domain, scenario, unsafe, transcript }: ImportMap): Set<string> {
  const named = [id, hazard, domain, scenario, unsafe, transcript.column];
  return new Set(named.filter((column) => column !== undefined));
}

function requireColumns(rows: readonly Row[], map: ImportMap, source: string): void {
  const present = new Set(rows.flatMap((row) => Object.keys(row)));
  const missing = [...columnsOf(map)].find((column) => !present.has(column));
  if (rows.length > 0 && missing === undefined) return;
  throw rows.length === 0
    ? new MatrixError(`${source}: has no rows`, { mend: 'Name a file with transcripts.' })
    : new MatrixError(`${source}: has no column "${missing}"`, {
        mend: `Mend the map; the columns are: ${[...present].join(', ')}.`,
      });
}

/** What the map does not name, under its own name; foreign meanings never pose as fields of ours. */
function extraFields(row: Row, map: ImportMap): Record<string, unknown> {
  const named = columnsOf(map);
  const isTaken = (name: string) =>
    Object.hasOwn(labelledDialogueSchema.shape, name) &&
    (map.transcript.format !== 'same' || name === 'turns' || Object.hasOwn(map, name));
  return Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => !named.has(name))
      .map(([name, value]) => [isTaken(name) ? `source_${name}` : name, value]),
  );
}

function refuseEmptyId(where: string): never {
  throw new MatrixError(`${where}: is empty`, {
    mend: 'Give every row an id, or leave id out of the map to have rows numbered.',
  });
}
