import { MatrixError } from '../errors.js';
import type { BehvJudge } from '../judge/behv-judge.js';
import { openJury, type JurySpec } from '../judge/jury/open-jury.js';
import { replayModels } from '../models/replay-models.js';
import type { Plan } from '../plan/plan.js';
import type { Judging } from '../store/run-record.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';

/** A judging with the jury that made it. */
export interface SeatedJudging {
  readonly judging: Judging;
  readonly judge: BehvJudge;
}

/**
 * Seats the jury of a judging once more: that of the plan where it is the run's own, else the jurors
 * that the judging names. Its models answer from a journal alone.
 * @throws MatrixError where files of the jury are not there, or its record does not name them
 */
export async function reseatJury(
  judging: Judging,
  plan: Plan,
  taxonomy: Taxonomy,
): Promise<SeatedJudging> {
  const seat = (spec: JurySpec) => openJury(spec, taxonomy, replayModels());
  const own = plan.judges.length > 0 ? await seat(plan) : undefined;
  if (own && isJuryOf(judging, own)) return { judging, judge: own };
  if (judging.policy !== null) throw unnamedFile(judging, `the policy ${judging.policy}`);
  const second = judging.second ?? undefined;
  const judges = judging.jurors.filter((juror) => juror !== second);
  const judge = await seat({ judges, second });
  const isKnown = judge.fingerprint === judging.judgeFingerprint;
  if (!isKnown && judges.length > 1) throw unnamedFile(judging, 'a jury file');
  return { judging, judge };
}

function isJuryOf({ jurors, second, policy }: Judging, judge: BehvJudge): boolean {
  const members = (all: readonly string[]) => JSON.stringify(all);
  return (
    members(jurors) === members(judge.jurors) && second === judge.second && policy === judge.policy
  );
}

function unnamedFile({ id }: Judging, what: string): MatrixError {
  return new MatrixError(`judging ${id} may rest on ${what}, and its record does not say where`, {
    mend: 'Replay another judging (--judging ID), or the transcripts alone (--no-judging).',
  });
}
