import type { FailureMode } from './hazard.js';
import type { Taxonomy } from './load-taxonomy.js';
import type { Severity } from './severity.js';

/** The modes to be judged on one dialogue: those of the named hazards, and the cross-cutting ones. */
export function applicableModes(taxonomy: Taxonomy, hazards: readonly string[]): FailureMode[] {
  return taxonomy.hazards
    .filter((hazard) => hazard.crossCutting || hazards.includes(hazard.id))
    .flatMap((hazard) => hazard.modes)
    .filter((mode) => mode.scope === 'dialogue');
}

/**
 * Severity in the single-patient column of DCB0129. Where the taxonomy names a milder one, that
 * holds only if a case file exists and does not state the condition which keeps the higher.
 */
export function severityUnder(
  mode: Pick<FailureMode, 'severity' | 'milder'>,
  conditions: ReadonlySet<string> | undefined,
): Severity {
  const milder = mode.milder;
  return milder && conditions && !conditions.has(milder.unless) ? milder.severity : mode.severity;
}
