import type { Scenario } from '../../scenarios/scenario.js';
import { PROBE_KINDS, type Probe } from './probe.js';
import { putProbe, type ProbeOptions } from './put-probe.js';
import { OUTCOMES, scoreAnswer, type Outcome, type ProbeScore } from './score-answer.js';

/** One probe with what the patient said to it. */
export interface ScoredProbe extends ProbeScore {
  readonly probe: Probe;
  readonly answer: string;
}

/** A row of the table: counts of each outcome. */
export interface EarRow {
  readonly kind: string;
  readonly probes: number;
  readonly fitting: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
}

export async function measureEar(
  probes: readonly Probe[],
  scenarios: ReadonlyMap<string, Scenario>,
  options: ProbeOptions,
): Promise<ScoredProbe[]> {
  const scored: ScoredProbe[] = [];
  for (const probe of probes) {
    const scenario = scenarios.get(probe.scenario);
    if (!scenario) continue;
    const answer = await putProbe(scenario, probe.asks, options);
    scored.push({ probe, answer: answer.text, ...scoreAnswer(probe, answer, scenario) });
  }
  return scored;
}

/** A row for each kind of probe that occurs, and one for all. */
export function earTable(scored: readonly ScoredProbe[]): EarRow[] {
  const kinds = PROBE_KINDS.filter((kind) => scored.some(({ probe }) => probe.kind === kind));
  const rows = kinds.map((kind) =>
    rowOf(
      kind,
      scored.filter(({ probe }) => probe.kind === kind),
    ),
  );
  return [...rows, rowOf('all', scored)];
}

function rowOf(kind: string, scored: readonly ScoredProbe[]): EarRow {
  const count = (wanted: Outcome) => scored.filter(({ outcome }) => outcome === wanted).length;
  const outcomes = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, count(outcome)]));
  return {
    kind,
    probes: scored.length,
    fitting: scored.filter(({ fits }) => fits).length,
    outcomes: outcomes as Record<Outcome, number>,
  };
}
