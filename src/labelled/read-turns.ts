import { z } from 'zod';
import { MatrixError } from '../errors.js';
import { validate } from '../read-file.js';
import { turnSchema, type Turn } from '../transcript/transcript.js';
import type { TranscriptMap } from './import-map.js';
import { parseCell, readObjects } from './read-objects.js';
import { readLines } from './read-lines.js';
import { mergeUtterances } from './utterance.js';

/** What stands for the agent's first turn where the patient speaks first. */
const CALL_OPENS: Turn = { role: 'agent', text: '(call opens)' };

/**
 * The turns that a cell holds; except for format `same` they alternate, the agent first.
 * @param where place of the cell, for errors
 * @throws MatrixError where the cell cannot be read as the map says
 */
export function readTurns(cell: unknown, map: TranscriptMap, where: string): Turn[] {
  if (map.format === 'same') {
    return validate(parseCell(cell, where), where, z.array(turnSchema).min(1));
  }
  const spoken =
    map.format === 'lines' ? readLines(cell, map, where) : readObjects(cell, map, where);
  const turns = mergeUtterances(spoken);
  if (!turns.some(({ role }) => role === 'agent')) {
    throw new MatrixError(`${where}: holds no words of the agent`, {
      mend: 'Check the names under transcript.agent of the map.',
    });
  }
  return turns[0]?.role === 'agent' ? turns : [CALL_OPENS, ...turns];
}
