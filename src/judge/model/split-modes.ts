import type { CallRole } from '../../calls/call.js';
import type { FailureMode, Hazard } from '../../taxonomy/hazard.js';

/** Modes asked in one call at most, and of a transcript so long that reading it takes the attention. */
export const MODES_A_CALL = 24;
export const MODES_A_CALL_LONG = 12;
/** Characters from which a transcript counts as long. */
export const LONG_TRANSCRIPT = 20_000;

/** Groups modes for calls: those of one hazard stay together as far as the limit allows. */
export function splitModes(
  modes: readonly FailureMode[],
  hazards: readonly Hazard[],
  limit: number,
): FailureMode[][] {
  const asked = new Set(modes.map(({ id }) => id));
  const families = hazards
    .filter(({ crossCutting }) => !crossCutting)
    .map((hazard) => hazard.modes.filter(({ id }) => asked.has(id)));
  const crossCutting = hazards
    .filter((hazard) => hazard.crossCutting)
    .flatMap((hazard) => hazard.modes.filter(({ id }) => asked.has(id)));
  const pieces = [...families, crossCutting].flatMap((family) => chunks(family, limit));
  return pack(pieces, limit);
}

/** Whose a call is among those into which a juror's question is split. */
export function roleOfPart(juror: string, index: number, parts: number): CallRole {
  return { role: `juror ${juror}`, part: parts === 1 ? '' : String(index + 1) };
}

/** The label from which marks and order of such a call derive. */
export function labelOf({ role, part = '' }: CallRole): string {
  return part === '' ? role : `${role} part ${part}`;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

function pack(pieces: readonly FailureMode[][], limit: number): FailureMode[][] {
  const calls: FailureMode[][] = [];
  for (const piece of pieces) {
    const last = calls.at(-1);
    if (last && last.length + piece.length <= limit) last.push(...piece);
    else calls.push([...piece]);
  }
  return calls;
}
