import type { Comparison } from './compare-sides.js';
import type { ComparisonReport } from './compare-stored.js';
import { nameOf, pOf } from './words.js';

/** `regression` is met by what cannot be told, too; `regression:decided` by what was found alone. */
export const REGRESSION_GATES = ['regression', 'regression:decided'] as const;
export type RegressionGate = (typeof REGRESSION_GATES)[number];

/**
 * Why a gate against regressions is met, as lines for the user; none where it passes. Worse over all
 * modes, or in any row, meets it. Whether nothing can be told is asked over all modes alone: of a
 * single hazard there are too few scenarios.
 */
export function metRegressionGate(gate: RegressionGate, report: ComparisonReport): string[] {
  const why = report.comparisons.flatMap((comparison) => reasonsOf(gate, comparison));
  return why.length === 0 ? [] : [`--fail-on ${gate} is met:`, ...why.map((line) => `  ${line}`)];
}

function reasonsOf(gate: RegressionGate, comparison: Comparison): string[] {
  const { first, second, all, rows, perhapsBetter, perhapsWorse } = comparison;
  const against = `${nameOf(second)} against ${nameOf(first)}`;
  const unknown = gate === 'regression' && all.conclusion === 'cannot tell';
  return [
    ...[all, ...rows]
      .filter(({ conclusion }) => conclusion === 'worse')
      .map(({ row, adjustedP }) => `${against}: worse in ${row} (${pOf(adjustedP)})`),
    ...(unknown
      ? [
          `${against}: cannot tell whether it is worse (found failed where the other is not decided: ${perhapsWorse.length} against ${perhapsBetter.length})`,
        ]
      : []),
  ];
}
