import { MatrixError } from '../errors.js';
import { rolesOf, type LinesMap } from './import-map.js';
import type { Utterance } from './utterance.js';

/** Lines of a cell that hold anything. */
export function linesOf(cell: string): string[] {
  return cell.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
}

/** "Speaker: words" as its two parts; the name is empty where nothing stands before a colon. */
export function splitSpeaker(line: string): { name: string; words: string } {
  const colon = line.indexOf(':');
  return { name: line.slice(0, Math.max(colon, 0)).trim(), words: line.slice(colon + 1).trim() };
}

/**
 * Reads a text cell, a line a turn; the first has a speaker of the map.
 * @throws MatrixError where the cell is no text, is empty, or begins with no known speaker
 */
export function readLines(cell: unknown, map: LinesMap, where: string): Utterance[] {
  if (cell !== undefined && cell !== null && typeof cell !== 'string') {
    throw new MatrixError(`${where}: is no text`, {
      mend: 'Format lines wants one text cell; for a list of turns use format: json or same.',
    });
  }
  const roles = rolesOf(map);
  const spoken = linesOf(cell ?? '').map((line): Utterance => {
    const { name, words } = splitSpeaker(line);
    const role = roles.get(name.toLowerCase());
    return role ? { role, text: words } : { text: line.trim() };
  });
  requireSpeaker(spoken[0], where);
  return spoken;
}

function requireSpeaker(first: Utterance | undefined, where: string): void {
  if (first?.role) return;
  throw first
    ? new MatrixError(`${where}: begins without a known speaker: "${first.text.slice(0, 60)}"`, {
        mend: 'Add the speaker to transcript.agent or transcript.patient of the map.',
      })
    : new MatrixError(`${where}: is empty`, { mend: 'Fill the cell, or take the row out.' });
}
