import { z } from 'zod';
import { MatrixError } from '../errors.js';
import { parseJson, validate } from '../read-file.js';
import { rolesOf, type JsonMap } from './import-map.js';
import type { Utterance } from './utterance.js';

type Entry = Readonly<Record<string, unknown>>;
const entriesSchema = z.array(z.record(z.string(), z.unknown())).min(1);

/**
 * Reads a JSON array of objects, an object a turn.
 * @throws MatrixError where it is none, or naming the entry whose speaker or words cannot be read
 */
export function readObjects(cell: unknown, map: JsonMap, where: string): Utterance[] {
  const roles = rolesOf(map);
  return validate(parseCell(cell, where), where, entriesSchema).map((entry, index) => {
    const place = `${where}, entry ${index + 1}`;
    const name = textOf(entry, map.role, place, 'role').toLowerCase();
    const role = roles.get(name);
    if (role) return { role, text: textOf(entry, map.text, place, 'text') };
    throw new MatrixError(`${place}: "${name.slice(0, 60)}" is no known speaker`, {
      mend: 'Add the speaker to transcript.agent or transcript.patient of the map.',
    });
  });
}

/** A cell of JSON, parsed where it is text still. @throws MatrixError where it is no JSON */
export function parseCell(cell: unknown, where: string): unknown {
  if (typeof cell !== 'string') return cell;
  const mend = 'Mend the cell; from Python, export lists with json.dumps, not with str.';
  return parseJson(cell, where, mend);
}

function textOf(entry: Entry, field: string, place: string, key: 'role' | 'text'): string {
  const value = Object.hasOwn(entry, field) ? entry[field] : undefined;
  if (typeof value === 'string') return value.trim();
  throw new MatrixError(`${place}: "${field}" is no text`, {
    mend: `Check transcript.${key} of the map; the fields are: ${Object.keys(entry).join(', ')}.`,
  });
}
