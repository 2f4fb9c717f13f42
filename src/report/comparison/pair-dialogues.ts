import type { Observation, View } from './observation.js';

/** One dialogue of each side; one alone where the other side has no counterpart. */
export interface DialoguePair {
  readonly scenario: string;
  readonly row: string;
  readonly first: Observation | undefined;
  readonly second: Observation | undefined;
}

/** Why a pair is not decided on both sides. */
export const OBSTACLES = ['open', 'not-exposed', 'invalid', 'incomplete', 'unmatched'] as const;
export type Obstacle = (typeof OBSTACLES)[number];

/** Pairs dialogues of the same scenario, persona, wording and repeat. */
export function pairDialogues(
  first: readonly Observation[],
  second: readonly Observation[],
): DialoguePair[] {
  const counterparts = new Map(second.map((each) => [keyOf(each), each]));
  const pairs = first.map((each): DialoguePair => {
    const counterpart = counterparts.get(keyOf(each));
    counterparts.delete(keyOf(each));
    return { scenario: each.scenario, row: each.row, first: each, second: counterpart };
  });
  const alone = [...counterparts.values()].map((each): DialoguePair => ({
    scenario: each.scenario,
    row: each.row,
    first: undefined,
    second: each,
  }));
  return [...pairs, ...alone];
}

function keyOf({ scenario, repeat, casting }: Observation): string {
  return JSON.stringify([scenario, repeat, casting]);
}

/** The gravest reason for which a pair is not decided; undefined where it is. */
export function obstacleOf({ first, second }: DialoguePair, view: View): Obstacle | undefined {
  if (!first || !second) return 'unmatched';
  const sides = [first.known[view], second.known[view]];
  return OBSTACLES.findLast((obstacle) => (sides as readonly string[]).includes(obstacle));
}

/** Whether a side failed; where that is not known, what it is taken for. */
export function failedOr(side: Observation | undefined, view: View, unknown: boolean): boolean {
  const known = side?.known[view];
  return known === 'fail' || (known !== 'pass' && unknown);
}
