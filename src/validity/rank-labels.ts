import type { LabelledDialogue } from '../labelled/labelled-dialogue.js';
import { primaryFailures } from '../taxonomy/primary-failures.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import type { BenchCase, Call } from './judged-dialogue.js';

/** The labels of a dialogue by the ranks that a judge's failures have. */
export interface RankedLabels {
  readonly primary: ReadonlyMap<string, number>;
  readonly secondary: ReadonlyMap<string, number>;
}

/** Calls in which a failure that no label names is secondary where a label stands for it: labels name the primary ones. */
export function rankCalls(
  { dialogue: { labels = [], turns }, calls }: Pick<BenchCase, 'dialogue' | 'calls'>,
  taxonomy: Taxonomy,
): BenchCase['calls'] {
  const labelled = new Set(labels.map(({ failureMode }) => failureMode));
  const isBehind = ({ failureMode, turn, quotes }: Call) => {
    const cue = quotes.find((quote) => turns[quote.turn - 1]?.role === 'patient');
    const failure = { failureMode, turn: turn ?? undefined, cueTurn: cue?.turn };
    return !primaryFailures([...labels, failure], taxonomy).has(failureMode);
  };
  const rank = (call: Call) =>
    call.outcome === 'fail' && call.primary && !labelled.has(call.failureMode) && isBehind(call)
      ? { ...call, primary: false }
      : call;
  return new Map([...calls].map(([mode, call]) => [mode, rank(call)]));
}

/** Ranks labels as failures are ranked, so that both sides go by one order. */
export function rankLabels({ labels = [] }: LabelledDialogue, taxonomy: Taxonomy): RankedLabels {
  const primary = primaryFailures(labels, taxonomy);
  const turnsOf = (isPrimary: boolean) =>
    new Map(
      labels
        .filter(({ failureMode }) => primary.has(failureMode) === isPrimary)
        .map(({ failureMode, turn }) => [failureMode, turn]),
    );
  return { primary: turnsOf(true), secondary: turnsOf(false) };
}
