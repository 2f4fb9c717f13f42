import type { FailureMode } from '../../taxonomy/hazard.js';
import type { DutyLine } from '../verdict.js';
import type { DutyClock } from './clock.js';
import { dutiesOf } from './duties.js';

/** The acts with a deadline that the modes of a dialogue ask for, each once, in the order of the turns. */
export function listDuties(clock: DutyClock, modes: readonly FailureMode[]): DutyLine[] {
  const lines = modes.flatMap((mode) =>
    mode.check?.kind === 'act-by-deadline' && applies(mode, clock)
      ? dutiesOf(clock, mode.check.act, mode.deadline).map(
          ({ since, act, due, met }): DutyLine => ({
            since,
            act,
            due: due ?? null,
            met: met?.turn ?? null,
            by: met?.by ?? null,
          }),
        )
      : [],
  );
  const first = (line: DutyLine) =>
    lines.findIndex((other) => JSON.stringify(other) === JSON.stringify(line));
  return lines
    .filter((line, index) => first(line) === index)
    .sort((a, b) => a.since - b.since || (a.due ?? Infinity) - (b.due ?? Infinity));
}

function applies({ appliesWhen, exempt }: FailureMode, { holds }: DutyClock): boolean {
  const excused = exempt.some((exemption) => 'case' in exemption && holds.has(exemption.case));
  return !excused && (appliesWhen?.some((condition) => holds.has(condition)) ?? true);
}
