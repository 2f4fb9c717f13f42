import { MatrixError } from '../errors.js';
import { shortFingerprint } from '../fingerprint.js';
import type { Judging, RunRecord } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { carriedRates, measureTest, type CarriedRate } from './carried-rates.js';
import { drawnCases, drawnPack, reviewOfRun, type ReviewOfRun } from './review-of-run.js';

/** Rates of a run by what people's labels of another say of its judge. */
export interface Carried {
  readonly measuredOn: string;
  readonly judgeFingerprint: string;
  /** Dialogues of the other run on which people settled. */
  readonly reviewed: number;
  readonly rates: readonly CarriedRate[];
}

/**
 * Corrects what the judge of a run called unsafe by how right the same judge was in another run.
 * @param taxonomy that of the other run
 * @throws MatrixError where the judges differ, nobody reviewed the other run, or its judge tells nothing
 */
export async function carryToRun(
  store: RunStore,
  { run, judging, dialogues }: Pick<ReviewOfRun, 'run' | 'judging' | 'dialogues'>,
  other: RunRecord,
  taxonomy: Taxonomy,
): Promise<Carried> {
  if (other.id === run.id) {
    throw new MatrixError(`run ${run.id} cannot be measured on itself`, {
      mend: `Leave --measured-on out: its own labels say more, report ${run.id} --calibrated.`,
    });
  }
  const same = sameJudging(run, judging, other, await store.judgings(other.id));
  const review = await reviewOfRun(store, other, same);
  if (!drawnPack(review)) {
    throw new MatrixError(`nobody has reviewed run ${other.id}`, {
      mend: `Begin: matrix-sim review export ${other.id} --out FOLDER`,
    });
  }
  const cases = drawnCases(review, taxonomy);
  return {
    ...{ measuredOn: other.id, judgeFingerprint: same.judgeFingerprint, reviewed: cases.length },
    rates: carriedRates(dialogues, measureTest(cases)),
  };
}

/** The latest judging of the other run by the very same judge. */
function sameJudging(
  run: RunRecord,
  judging: Judging | undefined,
  other: RunRecord,
  judgings: readonly Judging[],
): Judging {
  if (!judging) {
    throw new MatrixError(`run ${run.id} is not judged, so there is nothing to correct`, {
      mend: `Judge it: matrix-sim judge run ${run.id} --judge SPEC`,
    });
  }
  const { judgeFingerprint } = judging;
  const same = judgings.filter((each) => each.judgeFingerprint === judgeFingerprint).at(-1);
  if (same) return same;
  const others = judgings.map((each) => shortFingerprint(each.judgeFingerprint)).join(', ');
  throw new MatrixError(
    `run ${run.id} was judged by ${shortFingerprint(judgeFingerprint)}, run ${other.id} by ${others || 'nobody'}: what one judge got right says nothing of another`,
    { mend: `Judge both with the same jury: matrix-sim judge run ${other.id} --judge SPEC` },
  );
}
