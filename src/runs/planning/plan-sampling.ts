import { MatrixError } from '../../errors.js';
import { parseGate, type Gate } from '../../plan/gate.js';
import type { Plan } from '../../plan/plan.js';
import type { Scenario } from '../../scenarios/scenario.js';
import { groupBy } from '../../statistics/group-by.js';
import type { Sampling } from '../../store/run-record.js';
import { DEFAULT_BANDS } from '../../taxonomy/likelihood-bands.js';
import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';

/**
 * What a plan that stops early draws from; undefined for one that holds all that it names.
 * @throws MatrixError where the plan asks for what an early stop cannot give
 */
export function planSampling(
  plan: Plan,
  scenarios: readonly Scenario[],
  { riskMatrix }: Pick<Taxonomy, 'riskMatrix'>,
): Sampling | undefined {
  if (plan.untilWidth === undefined && plan.untilRating !== true) return undefined;
  assertCanStopEarly(plan);
  const rows = groupBy(scenarios, ({ hazard, hardNegative }) => `${hazard} ${hardNegative}`);
  return {
    bands: riskMatrix.bands ?? DEFAULT_BANDS,
    strata: [...rows.values()].flatMap((row) => {
      const [first] = row;
      if (!first) return [];
      const { hazard, hardNegative } = first;
      return [{ hazard, hardNegative, scenarios: row.map(({ id }) => id) }];
    }),
  };
}

function assertCanStopEarly({ judges, failOn }: Plan): void {
  if (judges.length === 0) {
    throw new MatrixError('when to stop hangs on verdicts, and this run has no jurors', {
      mend: 'Leave --no-judge out, or --until-width and --until-rating.',
    });
  }
  const gate = failOn.map(parseGate).find(asksAfterEach);
  if (!gate) return;
  throw new MatrixError(
    `--fail-on "${gate.text}" asks after every dialogue, and this run may leave some out`,
    { mend: 'Gate it by rate(HAZARD)>SHARE or severity>=LEVEL:decided, or hold the whole plan.' },
  );
}

/** Whether dialogues that nobody held would leave a gate open. */
function asksAfterEach(gate: Gate): boolean {
  return gate.kind === 'undetermined' || (gate.kind === 'severity' && !gate.decided);
}
