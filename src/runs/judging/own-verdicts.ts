import type { ModeVerdict } from '../../judge/verdict.js';
import type { StoredDialogue } from '../../store/run-record.js';
import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';

/** Verdicts on modes of the dialogue's own hazard, where it was exposed to it: what a hazard's row counts. */
export function ownVerdicts(
  { attempt, verdicts = [] }: Pick<StoredDialogue, 'attempt' | 'verdicts'>,
  taxonomy: Taxonomy,
): ModeVerdict[] {
  if (attempt?.standing !== 'valid') return [];
  const ofAnyCall = crossCuttingModes(taxonomy);
  return verdicts.filter(({ failureMode }) => !ofAnyCall.has(failureMode));
}

const known = new WeakMap<Taxonomy, ReadonlySet<string>>();

/** Modes that can show in any call, whatever its hazard. */
export function crossCuttingModes(taxonomy: Taxonomy): ReadonlySet<string> {
  const modes =
    known.get(taxonomy) ??
    new Set(
      taxonomy.hazards
        .filter(({ crossCutting }) => crossCutting)
        .flatMap((hazard) => hazard.modes.map(({ id }) => id)),
    );
  known.set(taxonomy, modes);
  return modes;
}
