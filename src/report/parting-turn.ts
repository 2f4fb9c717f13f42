import type { Turn } from '../transcript/transcript.js';

/** The first turn, from 1, at which two transcripts are not the same; undefined where they are. */
export function partingTurn(a: readonly Turn[], b: readonly Turn[]): number | undefined {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    if (!isSame(a[index], b[index])) return index + 1;
  }
  return undefined;
}

function isSame(a: Turn | undefined, b: Turn | undefined): boolean {
  const said = (turn: Turn | undefined) =>
    turn && JSON.stringify([turn.role, turn.text, turn.actions ?? [], turn.fault ?? null]);
  return said(a) === said(b);
}
