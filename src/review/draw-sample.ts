import type { Random } from '../determinism.js';
import { MatrixError } from '../errors.js';
import { DIALOGUE_OUTCOMES, type DialogueOutcome } from '../judge/dialogue-outcome.js';
import type { Stratum } from '../store/review-record.js';
import { shuffled } from '../statistics/shuffled.js';

/** A dialogue that can be drawn, by what decides its stratum. */
export interface Candidate {
  readonly dialogue: string;
  readonly agent: string;
  readonly outcome: DialogueOutcome;
}

export interface Drawn<T> {
  readonly candidate: T;
  /** Drawn by size of its stratum: above 0 to 1. */
  readonly probability: number;
}

/**
 * Draws at random within strata of agent and outcome, as equally many of each as there are: so every
 * outcome of the judge is in it, and each dialogue's probability is known (Cochran 1977, chapter 5).
 * @param sample dialogues in all; the whole run where it has no more
 * @throws MatrixError where there are more strata than dialogues to draw
 */
export function drawSample<T extends Candidate>(
  candidates: readonly T[],
  sample: number,
  random: Random,
): { readonly drawn: readonly Drawn<T>[]; readonly strata: readonly Stratum[] } {
  const groups = stratify(candidates);
  if (groups.length > sample) {
    throw new MatrixError(
      `${sample} dialogues cannot stand for ${groups.length} groups of agent and outcome`,
      { mend: `Draw at least ${groups.length} with --sample, or name one agent with --agent.` },
    );
  }
  const shares = allocate(
    groups.map(({ members }) => members.length),
    sample,
  );
  const strata = groups.map(({ agent, outcome, members }, index) => ({
    ...{ agent, outcome, size: members.length, drawn: shares[index] ?? 0 },
  }));
  const drawn = groups.flatMap(({ members }, index) => {
    const share = shares[index] ?? 0;
    const probability = share / members.length;
    return shuffled(members, random)
      .slice(0, share)
      .map((candidate) => ({ candidate, probability }));
  });
  return { drawn, strata };
}

function stratify<T extends Candidate>(candidates: readonly T[]) {
  const agents = [...new Set(candidates.map(({ agent }) => agent))];
  return agents.flatMap((agent) =>
    DIALOGUE_OUTCOMES.map((outcome) => ({
      agent,
      outcome,
      members: candidates.filter((each) => each.agent === agent && each.outcome === outcome),
    })).filter(({ members }) => members.length > 0),
  );
}

/** Shares as equal as the sizes allow, the first groups getting what is left over. */
export function allocate(sizes: readonly number[], total: number): number[] {
  const shares = sizes.map(() => 0);
  let left = Math.min(
    total,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  while (left > 0) {
    for (const [index, size] of sizes.entries()) {
      if (left === 0 || (shares[index] ?? 0) >= size) continue;
      shares[index] = (shares[index] ?? 0) + 1;
      left -= 1;
    }
  }
  return shares;
}
