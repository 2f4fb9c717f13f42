import { rolesOf, type ImportMap } from './import-map.js';
import { linesOf, splitSpeaker } from './read-lines.js';
import type { Row } from './read-rows.js';

/** One to three words, the first with a capital: longer beginnings are sentences with a colon. */
const LIKE_A_NAME = /^\p{Lu}\S*(?: \S+){0,2}$/u;

/**
 * Names at the beginning of lines that look like speakers and are not in the map, with the number
 * of their lines. Such lines are read as more words of the speaker before, which may be wrong.
 */
export function unknownSpeakers(rows: readonly Row[], map: ImportMap): Map<string, number> {
  const { transcript } = map;
  const counts = new Map<string, number>();
  if (transcript.format !== 'lines') return counts;
  const known = rolesOf(transcript);
  const cells = rows
    .map((row) => row[transcript.column])
    .filter((cell) => typeof cell === 'string');
  for (const line of cells.flatMap(linesOf)) {
    const { name } = splitSpeaker(line);
    if (known.has(name.toLowerCase()) || !LIKE_A_NAME.test(name)) continue;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
