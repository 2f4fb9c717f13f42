import { undisguised } from '../../printable.js';
import type { Secret } from '../secret.js';
import { nameAction } from '../name-action.js';
import type { NumberedTurn } from '../../transcript/transcript.js';

/** Lines between which untrusted text stands; who wrote it cannot have known them. */
export interface Marks {
  readonly begin: string;
  readonly end: string;
  /** The part of both that is secret: no honest answer holds it. */
  readonly key: string;
}

export function marksOf(secret: Secret, label: string): Marks {
  const key = secret(label).slice(0, 24);
  return { begin: `<<<${key}`, end: `${key}>>>`, key };
}

/** Puts data between marks. JSON keeps every turn on one line, so that no text can open a new one. */
export function between({ begin, end }: Marks, lines: readonly string[]): string {
  return [begin, ...lines, end].join('\n');
}

/** One JSON object a turn. Invisible characters are spelled out, so that nothing is hidden or turned. */
export function quoteTurns(turns: readonly NumberedTurn[]): string[] {
  return turns.map(({ number, role, text, actions = [] }) =>
    spellOut(
      JSON.stringify({
        n: number,
        by: role,
        says: text,
        ...(actions.length > 0 ? { does: actions.map(nameAction) } : {}),
      }),
    ),
  );
}

/**
 * Signs that are not seen as what they are, and those that look like the brackets of a mark, as JSON
 * escapes. `<` and `>` themselves stay: no text can hold the key that makes a mark of them.
 */
export function spellOut(json: string): string {
  return undisguised(json);
}
