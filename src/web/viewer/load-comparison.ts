import { chooseSides } from '../../report/comparison/choose-sides.js';
import { compareStored, type ComparisonReport } from '../../report/comparison/compare-stored.js';
import { DEFAULT_MARGIN } from '../../report/comparison/conclude.js';
import { renderComparison } from '../../report/comparison/render-comparison.js';
import type { Line } from '../../report/line.js';
import { findJudging, findRun, NotThere, type Viewed } from './viewed.js';

export interface ComparisonModel {
  readonly a: string;
  readonly b: string;
  readonly report: ComparisonReport;
  /** As `compare` prints it. */
  readonly lines: readonly Line[];
}

/** @throws MatrixError where the two cannot be compared */
export async function loadComparison(
  viewed: Viewed,
  a: string,
  b: string,
): Promise<ComparisonModel> {
  const first = await judgedRun(viewed, a);
  const second = a === b ? undefined : await judgedRun(viewed, b);
  const target = (of: typeof first) => ({ of, agent: undefined });
  const pairs = chooseSides(target(first), second && target(second), []);
  const { taxonomy } = viewed.contentOf(first.run);
  const runs = [first, second ?? first] as const;
  const report = await compareStored(
    viewed.store,
    { runs, pairs, margin: DEFAULT_MARGIN },
    taxonomy,
  );
  const lines = renderComparison(report, { taxonomy, columns: 100, where: '' });
  return { a, b, report, lines };
}

async function judgedRun(viewed: Viewed, id: string) {
  const run = await findRun(viewed, id);
  const { judging } = await findJudging(viewed, id, undefined);
  if (judging) return { run, judging };
  throw new NotThere(`run ${id} is not judged yet`, { mend: 'Judge it: matrix-sim judge run.' });
}
