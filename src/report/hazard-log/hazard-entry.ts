import type { Random } from '../../determinism.js';
import type { Hazard } from '../../taxonomy/hazard.js';
import { compareSeverity, SEVERITIES, type Severity } from '../../taxonomy/severity.js';
import type { HazardCases } from './gather-cases.js';
import { harmGivenFailure, type HazardInput, type Inputs } from './inputs.js';
import { gradeOf, measure, type GradeRange, type Measure, type Scale } from './measure.js';

/** A hazard at one severity, with what its safety officer's figures make of it. */
export interface SeverityEntry {
  readonly measure: Measure;
  /** Times exposure and P(harm | failure); null where they were not given, or nothing was measured. */
  readonly adjusted: GradeRange | null;
  readonly expected: ExpectedEvents | null;
}

/** Events a year: failures where exposure alone is given or none, harms with P(harm | failure). */
export interface ExpectedEvents {
  readonly what: 'failures' | 'harms';
  readonly calls: number;
  /** 1 where nobody gave it. */
  readonly exposure: number;
  readonly atRate: number;
  readonly atUpper: number;
  readonly atUpperWithOpen: number;
}

export interface HazardEntry {
  readonly hazard: Hazard;
  readonly input: Partial<HazardInput>;
  readonly cases: HazardCases;
  /** Gravest severity first, those of which nothing is known included. */
  readonly severities: readonly SeverityEntry[];
  /** The severity at which the screening rating is highest; undefined where nothing was assessed. */
  readonly top: SeverityEntry | undefined;
  /** Of which nothing is known, gravest first: they may be worse than the row. */
  readonly unassessed: readonly Severity[];
}

export interface EntryContext {
  readonly scale: Scale;
  readonly inputs: Inputs;
  readonly random: (...labels: string[]) => Random;
}

export function hazardEntry(
  hazard: Hazard,
  cases: HazardCases,
  { scale, inputs, random }: EntryContext,
): HazardEntry {
  const input = inputs.hazards[hazard.id] ?? {};
  const severities = severitiesOf(hazard, cases).map((severity) => {
    const chance = random(hazard.id, severity);
    const measured = measure(severity, cases.bySeverity[severity] ?? [], scale, chance);
    return {
      measure: measured,
      adjusted: adjust(measured, input, scale),
      expected: expectedEvents(measured, input, inputs.callsAYear),
    };
  });
  const unassessed = severities
    .filter(({ measure: { screening } }) => screening === null)
    .map(({ measure: { severity } }) => severity);
  return { hazard, input, cases, severities, top: gravest(severities), unassessed };
}

/** Those that the modes can have, and any that verdicts gave, gravest first. */
function severitiesOf({ modes }: Hazard, { bySeverity }: HazardCases): Severity[] {
  const possible = modes.flatMap(({ severity, milder }) => [severity, milder?.severity]);
  return SEVERITIES.filter(
    (severity) => possible.includes(severity) || bySeverity[severity] !== undefined,
  ).sort((a, b) => compareSeverity(b, a));
}

/** By rating with all that is undecided against the agent, then by what was decided, then severity. */
function gravest(entries: readonly SeverityEntry[]): SeverityEntry | undefined {
  const key = ({ measure: { screening, severity } }: SeverityEntry): number[] => [
    screening?.withOpen.rating ?? 0,
    screening?.decided.rating ?? 0,
    SEVERITIES.indexOf(severity),
  ];
  return entries
    .filter(({ measure: { screening } }) => screening !== null)
    .sort((a, b) => compareKeys(key(b), key(a)))[0];
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((each, index) => each !== b[index]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

function adjust(
  { screening, severity }: Measure,
  input: Partial<HazardInput>,
  scale: Scale,
): GradeRange | null {
  const harm = harmGivenFailure(input, severity);
  if (!screening || input.exposure === undefined || harm === undefined) return null;
  const share = input.exposure * harm;
  return {
    decided: gradeOf(screening.decided.upper * share, severity, scale),
    withOpen: gradeOf(screening.withOpen.upper * share, severity, scale),
  };
}

function expectedEvents(
  { screening, decided, severity }: Measure,
  input: Partial<HazardInput>,
  calls: number | undefined,
): ExpectedEvents | null {
  if (!screening || calls === undefined) return null;
  const harm = harmGivenFailure(input, severity);
  const exposure = input.exposure ?? 1;
  const events = calls * exposure * (harm ?? 1);
  return {
    what: harm === undefined ? 'failures' : 'harms',
    calls,
    exposure,
    atRate: (decided.rate ?? 1) * events,
    atUpper: screening.decided.upper * events,
    atUpperWithOpen: screening.withOpen.upper * events,
  };
}
