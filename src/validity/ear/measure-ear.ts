import { EXIT, MatrixError } from '../../errors.js';
import { ModelError } from '../../models/model-error.js';
import { inParallel } from '../../runs/in-parallel.js';
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

export interface MeasureOptions extends ProbeOptions {
  /** Probes put at one time, at least 1. */
  readonly concurrency: number;
  /** Once aborted no further probe is put; the measurement rejects with its reason. */
  readonly stop: AbortSignal;
}

/**
 * Puts each probe to its scenario's patient, several at one time.
 * @throws MatrixError once all were put, where the ear could not be asked for some: a table of the
 * others would be of another set
 */
export async function measureEar(
  probes: readonly Probe[],
  scenarios: ReadonlyMap<string, Scenario>,
  { concurrency, stop, ...options }: MeasureOptions,
): Promise<ScoredProbe[]> {
  const scored: ScoredProbe[] = [];
  const unheard: ModelError[] = [];
  const put = async ([place, probe]: [number, Probe]) => {
    const scenario = scenarios.get(probe.scenario);
    if (!scenario) return;
    const answer = await putProbe(scenario, probe.asks, options);
    scored[place] = { probe, answer: answer.text, ...scoreAnswer(probe, answer, scenario) };
  };
  const putOrKeep = (entry: [number, Probe]) =>
    put(entry).catch((error: unknown) => {
      if (!(error instanceof ModelError)) throw error;
      unheard.push(error);
    });
  await inParallel(probes.entries(), putOrKeep, { concurrency, mayGoOn: () => !stop.aborted });
  stop.throwIfAborted();
  assertAllHeard(unheard, probes.length);
  return scored.filter(Boolean);
}

function assertAllHeard([first, ...others]: readonly ModelError[], probes: number): void {
  if (!first) return;
  throw new MatrixError(
    `${others.length + 1} of ${probes} probes were not heard: ${first.message}`,
    {
      mend: 'Add the answers to that file, or see to the model server, and run it again.',
      exitCode: EXIT.incomplete,
    },
  );
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
