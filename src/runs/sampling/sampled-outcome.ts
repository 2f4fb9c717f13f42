import { outcomeOf } from '../../judge/dialogue-outcome.js';
import type { StoredDialogue } from '../../store/run-record.js';
import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';
import { ownVerdicts } from '../judging/own-verdicts.js';

/** What a dialogue counts as in its hazard's rate; `outside` where it was not exposed to the hazard. */
export type SampledOutcome = 'fail' | 'open' | 'pass' | 'outside';

/**
 * As reports count it. A dialogue that the patient spoiled is open: what would have been is not known.
 * @returns undefined while it waits for an attempt that counts, or for its verdicts
 */
export function sampledOutcome(
  { attempt, verdicts }: Pick<StoredDialogue, 'attempt' | 'verdicts'>,
  taxonomy: Taxonomy,
): SampledOutcome | undefined {
  if (!attempt || attempt.standing === 'incomplete') return undefined;
  if (attempt.standing === 'invalid') return 'open';
  if (!verdicts) return undefined;
  const own = ownVerdicts({ attempt, verdicts }, taxonomy);
  if (own.length === 0) return 'outside';
  const outcome = outcomeOf(own);
  return outcome === 'fail' || outcome === 'pass' ? outcome : 'open';
}
