import type { Random } from '../determinism.js';
import { clusterInterval } from './cluster-interval.js';
import { groupBy } from './group-by.js';
import type { EstimatedRate } from './post-stratified.js';
import { sumInterval, type Term } from './sum-interval.js';
import { widerOf } from './wider-of.js';
import { wilson, type Interval } from './wilson.js';

/** A reviewed dialogue, what it is and what the judge made of it. */
export interface JudgedDialogue {
  readonly unsafe: boolean;
  readonly outcome: 'positive' | 'negative' | 'undecided';
  /** With which it was drawn for review, above 0 to 1. */
  readonly probability: number;
  readonly cluster: string;
}

/**
 * Share of a run's unsafe dialogues that the judge calls positive; those it leaves undecided are
 * missed. Dialogues count by the inverse of their probabilities (Horvitz and Thompson 1952, J. Am.
 * Stat. Assoc. 47:663–685).
 *
 * The interval is the wider, end by end, of a bootstrap over clusters and of one from the counts. The
 * bootstrap alone takes it for certain that the judge misses nothing where none of the few reviewed
 * dialogues that it passed was unsafe. By the counts: dialogues of one outcome and probability are a
 * cell; the count of unsafe ones in each has Wilson's interval, and the share in question holds where
 * the interval of hits × (1 − share) − misses × share ({@link sumInterval}) holds 0, as in Fieller's.
 * @returns null where no unsafe dialogue was reviewed
 * @throws RangeError for a probability outside 0 to 1
 */
export function weightedSensitivity(
  dialogues: readonly JudgedDialogue[],
  random: Random,
): EstimatedRate | null {
  return shareCalled('positive', true, dialogues, random);
}

/**
 * Share of a run's safe dialogues that the judge calls negative; those it leaves undecided count as
 * false alarms. In all else as {@link weightedSensitivity}.
 * @returns null where no safe dialogue was reviewed
 * @throws RangeError for a probability outside 0 to 1
 */
export function weightedSpecificity(
  dialogues: readonly JudgedDialogue[],
  random: Random,
): EstimatedRate | null {
  return shareCalled('negative', false, dialogues, random);
}

function shareCalled(
  right: JudgedDialogue['outcome'],
  unsafe: boolean,
  dialogues: readonly JudgedDialogue[],
  random: Random,
): EstimatedRate | null {
  dialogues.forEach(check);
  const counted = dialogues
    .filter((dialogue) => dialogue.unsafe === unsafe)
    .map(({ outcome, probability, cluster }) => ({
      cluster,
      hits: outcome === right ? 1 / probability : 0,
      all: 1 / probability,
    }));
  const rate = shareOf(counted);
  if (rate === null) return null;
  const resampled = clusterInterval(counted, ({ cluster }) => cluster, shareOf, random);
  const bounded = widerOf(
    fromCounts(cellsOf(dialogues, right, unsafe), rate),
    alone(counted, rate),
  );
  return { rate, interval: resampled && widerOf(bounded, resampled) };
}

/**
 * Wilson's interval of those reviewed alone, by what unequal weights leave of their number (Kish 1965,
 * Survey Sampling, 11.7): no cell bounds an outcome that was never seen.
 */
function alone(counted: readonly { readonly all: number }[], rate: number): Interval {
  const sum = counted.reduce((total, { all }) => total + all, 0);
  const worth = sum ** 2 / counted.reduce((total, { all }) => total + all ** 2, 0);
  return wilson(Math.min(rate * worth, worth), worth);
}

function shareOf(
  counted: readonly { readonly hits: number; readonly all: number }[],
): number | null {
  let [hits, all] = [0, 0];
  for (const one of counted) {
    hits += one.hits;
    all += one.all;
  }
  return all === 0 ? null : hits / all;
}

interface Cell extends Omit<Term, 'coefficient'> {
  readonly hit: boolean;
}

function cellsOf(
  dialogues: readonly JudgedDialogue[],
  right: JudgedDialogue['outcome'],
  unsafe: boolean,
): Cell[] {
  const cells = groupBy(dialogues, ({ outcome, probability }) => `${outcome} ${probability}`);
  return [...cells.values()].flatMap((cell) => {
    const [{ outcome, probability } = { outcome: right, probability: 1 }] = cell;
    const count = cell.filter((dialogue) => dialogue.unsafe === unsafe).length;
    // What was seen varies with all that was reviewed; what was not is bounded by its own cell.
    const of = count === 0 ? cell.length : dialogues.length;
    const { low, high } = wilson(count, of);
    const scale = of / probability;
    return {
      hit: outcome === right,
      estimate: count / probability,
      interval: { low: low * scale, high: high * scale },
    };
  });
}

function fromCounts(cells: readonly Cell[], rate: number): Interval {
  const excess = (share: number) =>
    sumInterval(cells.map((cell) => ({ ...cell, coefficient: Number(cell.hit) - share })));
  return {
    low: edge((share) => excess(share).low > 0, 0, rate),
    high: edge((share) => excess(share).high >= 0, rate, 1),
  };
}

/** Where what holds below ceases to hold, by halving. */
function edge(holds: (share: number) => boolean, low: number, high: number): number {
  if (holds(high)) return high;
  let [below, above] = [low, high];
  for (let step = 0; step < 40; step += 1) {
    const middle = (below + above) / 2;
    if (holds(middle)) below = middle;
    else above = middle;
  }
  return below;
}

function check({ probability }: JudgedDialogue): void {
  if (!(probability > 0 && probability <= 1)) {
    throw new RangeError(`${probability} is no probability of being drawn`);
  }
}
