import { MatrixError } from '../errors.js';
import { PLAIN_NAME } from '../plain-name.js';
import type { Target } from '../report/comparison/choose-sides.js';
import type { RunStore } from '../store/run-store.js';
import { findJudging, findRun } from './store-option.js';

/**
 * A run to be compared, as RUN or RUN/AGENT.
 * @throws MatrixError where that is no run, or it is not judged yet
 */
export async function findTarget(
  store: RunStore,
  text: string,
  judgingId: string | undefined,
): Promise<Target> {
  const [id = '', agent, ...more] = text.split('/');
  if (!PLAIN_NAME.test(id) || agent === '' || more.length > 0) {
    throw new MatrixError(`"${text}" is no run`, { mend: 'Write RUN or RUN/AGENT.' });
  }
  const run = await findRun(store, id, agent);
  const judging = await findJudging(store, id, judgingId);
  if (judging) return { of: { run, judging }, agent };
  throw new MatrixError(`run ${id} is not judged yet`, {
    mend: `Judge it: matrix-sim judge run ${id}`,
  });
}
