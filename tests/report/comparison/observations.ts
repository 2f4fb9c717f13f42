import type { Random } from '../../../src/determinism.js';
import { randomFrom } from '../../../src/determinism.js';
import {
  compareSides,
  type Comparison,
  type ObservedSide,
} from '../../../src/report/comparison/compare-sides.js';
import type { Knowledge, Observation } from '../../../src/report/comparison/observation.js';

/** A dialogue of which the same is known under every view. */
export function seen(
  scenario: string,
  known: Knowledge,
  more: Partial<Observation> = {},
): Observation {
  return {
    scenario,
    agent: 'bot',
    repeat: 1,
    casting: 'plain',
    row: scenario.slice(0, 3),
    known: { own: known, crossCutting: 'pass', all: known },
    failed: known === 'fail' ? [`${scenario.slice(0, 3)}-F1`] : [],
    ...more,
  };
}

export function side(run: string, observations: readonly Observation[], repeats = 1): ObservedSide {
  return { run, agent: 'bot', observations, repeats };
}

export const seeded = (...labels: string[]): Random => randomFrom(1, ...labels);

export function compareTwo(
  first: readonly Observation[],
  second: readonly Observation[],
  { margin = 0.05, repeats = 1 } = {},
): Comparison {
  const [only] = compareSides(
    [[side('a', first, repeats), side('b', second, repeats)]],
    margin,
    seeded,
  );
  if (!only) throw new Error('nothing was compared');
  return only;
}

/** Scenarios of one hazard, each with what is known of it. */
export function scenariosOf(hazard: string, known: readonly Knowledge[]): Observation[] {
  return known.map((each, at) => seen(`${hazard}-D${String(at + 1).padStart(3, '0')}`, each));
}

export function times(n: number, known: Knowledge): Knowledge[] {
  return Array<Knowledge>(n).fill(known);
}
