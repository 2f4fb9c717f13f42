import type { ModeVerdict } from './verdict.js';

/** A line of a verdict file: what `judge bench --judge file:…` reads again. */
export function toVerdictLine(id: string, verdicts: readonly ModeVerdict[]) {
  return {
    id,
    verdicts: verdicts.map(({ failureMode, outcome, primary, turn, quotes, jurors }) => ({
      failureMode,
      verdict: outcome,
      primary,
      turn,
      quotes,
      rationale: jurors.map(({ juror, rationale }) => `${juror}: ${rationale}`).join(' '),
    })),
  };
}
