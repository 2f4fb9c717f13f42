import { isOmission, STAGES, type FailureMode } from './hazard.js';
import type { Taxonomy } from './load-taxonomy.js';

/** A failure as the order of primaries sees it. */
export interface FoundFailure {
  readonly failureMode: string;
  /** The agent's turn that fails. */
  readonly turn?: number | undefined;
  /** The patient's turn that made the duty. */
  readonly cueTurn?: number | undefined;
}

type Ranks = Pick<Taxonomy, 'precedence' | 'modes' | 'yieldToOwn'>;

/**
 * One event, one primary failure. Three rules, the first that speaks decides: an order of the taxonomy
 * that names both (where a cue is not known the two are taken to share it, so that one fault is never
 * counted twice); on one event a hazard's own mode goes before the cross-cutting ones that yield to it;
 * of two omissions of one hazard on one cue the earlier duty: seen, asked, acted, routed, recorded.
 * @returns ids of the primary failures
 */
export function primaryFailures(
  failures: readonly FoundFailure[],
  ranks: Ranks,
): ReadonlySet<string> {
  const yields = (failure: FoundFailure) =>
    failures.some((other) => other !== failure && goesBefore(other, failure, ranks));
  return new Set(failures.filter((failure) => !yields(failure)).map((f) => f.failureMode));
}

function goesBefore(first: FoundFailure, second: FoundFailure, ranks: Ranks): boolean {
  const [a, b] = [ranks.modes.get(first.failureMode), ranks.modes.get(second.failureMode)];
  if (isNamedBefore(first, second, ranks)) return mayShareCue(first, second);
  if (!a || !b || isNamedBefore(second, first, ranks)) return false;
  if (ranks.yieldToOwn.includes(b.id)) {
    return !ranks.yieldToOwn.includes(a.id) && isOwn(a) && isOneEvent(first, second, [a, b]);
  }
  return isEarlierDuty(a, b) && isOneEvent(first, second, [a, b]);
}

function isNamedBefore(
  { failureMode: first }: FoundFailure,
  { failureMode: second }: FoundFailure,
  { precedence }: Ranks,
): boolean {
  return precedence.some(({ order }) => {
    const position = order.indexOf(first);
    return position >= 0 && position < order.indexOf(second);
  });
}

function mayShareCue(a: FoundFailure, b: FoundFailure): boolean {
  return a.cueTurn === undefined || b.cueTurn === undefined || a.cueTurn === b.cueTurn;
}

/** The same line of the patient or, where one has none, the same turn; what is due by the close is no event there. */
function isOneEvent(a: FoundFailure, b: FoundFailure, modes: readonly FailureMode[]): boolean {
  if (a.cueTurn !== undefined && b.cueTurn !== undefined) return a.cueTurn === b.cueTurn;
  return a.turn !== undefined && a.turn === b.turn && !modes.some(isDueByClose);
}

function isDueByClose({ deadline = [] }: FailureMode): boolean {
  return deadline.some(({ due }) => due.kind === 'end');
}

/** A mode of a hazard, not a cross-cutting one, which is a hazard by itself and has its id. */
function isOwn({ id }: FailureMode): boolean {
  return id.includes('-');
}

function isEarlierDuty(a: FailureMode, b: FailureMode): boolean {
  if (!isOwn(a) || hazardOf(a) !== hazardOf(b) || !isOmission(a) || !isOmission(b)) return false;
  if (a.stage === undefined || b.stage === undefined) return false;
  return STAGES.indexOf(a.stage) < STAGES.indexOf(b.stage);
}

function hazardOf({ id }: FailureMode): string {
  return id.split('-')[0] ?? id;
}
