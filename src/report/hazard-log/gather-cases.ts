import type { ModeVerdict } from '../../judge/verdict.js';
import { dialogueId, type StoredDialogue } from '../../store/run-record.js';
import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';
import type { Hazard } from '../../taxonomy/hazard.js';
import type { Severity } from '../../taxonomy/severity.js';
import type { Standing } from '../../transcript/transcript.js';

/** A dialogue as one hazard and severity see it. */
export interface Case {
  /** SCENARIO/AGENT/REPEAT. */
  readonly dialogue: string;
  /** Id of its scenario: repeats of one are no independent evidence. */
  readonly vignette: string;
  readonly outcome: 'fail' | 'open' | 'pass';
  /** Modes that failed, or that nobody decided where none did. */
  readonly modes: readonly string[];
}

/** What a run holds of one hazard, for one agent. */
export interface HazardCases {
  readonly bySeverity: Partial<Record<Severity, Case[]>>;
  /** Dialogues that leave the denominator, by why. */
  readonly left: Record<Exclude<Standing, 'valid'> | 'unjudged', number>;
  /** Cross-cutting modes that failed in dialogues in which the hazard failed, with how often. */
  readonly beside: Map<string, number>;
}

/**
 * What an agent's dialogues say of each hazard, in one pass. A failure for which another of its duty
 * stands counts in its own row too, as it does in gates: each row asks how often its hazard arose.
 */
export async function gatherCases(
  dialogues: AsyncIterable<StoredDialogue>,
  agent: string,
  { hazards }: Taxonomy,
): Promise<Map<string, HazardCases>> {
  const gathered = new Map(hazards.map(({ id }) => [id, noCases()]));
  for await (const dialogue of dialogues) {
    if (dialogue.agent !== agent || !dialogue.attempt) continue;
    for (const hazard of hazards) {
      if (!hazard.crossCutting && hazard.id !== dialogue.attempt.hazard) continue;
      addTo(gathered.get(hazard.id) ?? noCases(), dialogue, hazard);
    }
  }
  return gathered;
}

function noCases(): HazardCases {
  return {
    bySeverity: {},
    left: { 'not-exposed': 0, invalid: 0, incomplete: 0, unjudged: 0 },
    beside: new Map(),
  };
}

function addTo(cases: HazardCases, dialogue: StoredDialogue, hazard: Hazard): void {
  const { attempt, verdicts } = dialogue;
  if (!attempt) return;
  const standing = standingFor(hazard, attempt.standing);
  if (standing !== 'valid') cases.left[standing] += 1;
  else if (!verdicts) cases.left.unjudged += 1;
  else addVerdicts(cases, dialogue, hazard, verdicts);
}

/** A patient who never came to the cue has made a call all the same. */
function standingFor({ crossCutting }: Hazard, standing: Standing): Standing {
  return crossCutting && standing === 'not-exposed' ? 'valid' : standing;
}

function addVerdicts(
  { bySeverity, beside }: HazardCases,
  dialogue: StoredDialogue,
  { modes, crossCutting }: Hazard,
  verdicts: readonly ModeVerdict[],
): void {
  const ids = new Set(modes.map(({ id }) => id));
  const applied = verdicts.filter(
    ({ failureMode, outcome }) => ids.has(failureMode) && outcome !== 'not-applicable',
  );
  for (const severity of new Set(applied.map((verdict) => verdict.severity))) {
    const here = applied.filter((verdict) => verdict.severity === severity);
    (bySeverity[severity] ??= []).push(caseOf(dialogue, here));
  }
  if (crossCutting || !applied.some(({ outcome }) => outcome === 'fail')) return;
  for (const { failureMode, outcome } of verdicts) {
    if (outcome !== 'fail' || ids.has(failureMode)) continue;
    beside.set(failureMode, (beside.get(failureMode) ?? 0) + 1);
  }
}

function caseOf(dialogue: StoredDialogue, verdicts: readonly ModeVerdict[]): Case {
  const having = (...outcomes: ModeVerdict['outcome'][]) =>
    verdicts
      .filter(({ outcome }) => outcomes.includes(outcome))
      .map(({ failureMode }) => failureMode);
  const failed = having('fail');
  const open = having('undetermined', 'needs-review');
  const outcome = failed.length > 0 ? 'fail' : open.length > 0 ? 'open' : 'pass';
  const modes = failed.length > 0 ? failed : open;
  return { dialogue: dialogueId(dialogue), vignette: dialogue.scenario, outcome, modes };
}
