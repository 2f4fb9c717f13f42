import { MatrixError } from '../../errors.js';
import { hashesOfRun } from '../../evidence/hashes-of-run.js';
import type { Judging, RunRecord } from '../../store/run-record.js';
import type { RunStore } from '../../store/run-store.js';
import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';
import { assertComparable } from '../comparison/assert-comparable.js';
import {
  hazardLog,
  type HazardLog,
  type RecordHashes,
  type SourceWithDialogues,
} from './hazard-log.js';
import type { Inputs } from './inputs.js';

/** A run with one judging of it, and the agent that is asked for where it has several. */
export interface LogTarget {
  readonly run: RunRecord;
  readonly judging: Judging | undefined;
  readonly agent: string | undefined;
}

/**
 * The hazard log of a stored run, with the residual figures of a second one.
 * @throws MatrixError where a run is not judged or the two cannot be compared, or no agent is chosen
 */
export async function logOfStored(
  store: RunStore,
  initial: LogTarget,
  residual: LogTarget | undefined,
  taxonomy: Taxonomy,
  inputs: Inputs,
): Promise<HazardLog> {
  const first = await sourceOf(store, initial);
  const second = residual && (await sourceOf(store, residual));
  if (second) assertComparable(first.judged, second.judged);
  return hazardLog(first.source, second?.source, taxonomy, inputs);
}

async function sourceOf(store: RunStore, { run, judging, agent }: LogTarget) {
  const judged = { run, judging: assertJudged(run, judging) };
  const source: SourceWithDialogues = {
    ...judged,
    agent: chooseAgent(run, agent),
    validity: await store.validities(judged.judging.judgeFingerprint),
    hashes: await hashesOfRun(store, run.id),
    recordHashes: await recordHashes(store, run.id, judged.judging.id),
    dialogues: store.dialogues(run.id, judged.judging.id),
  };
  return { judged, source };
}

function assertJudged({ id }: RunRecord, judging: Judging | undefined): Judging {
  if (judging) return judging;
  throw new MatrixError(`run ${id} is not judged yet, so nothing of it is known`, {
    mend: `Judge it: matrix-sim judge run ${id}`,
  });
}

function chooseAgent({ id, agents }: RunRecord, agent: string | undefined): string {
  const [first, second] = agents;
  if (agent !== undefined) return agent;
  if (first && !second) return first.name;
  throw new MatrixError(`run ${id} has several agents, and a log is of one`, {
    mend: `Choose with --agent: ${agents.map(({ name }) => name).join(', ')}.`,
  });
}

/** Of each dialogue the attempt on which the verdicts stand, else its last. */
async function recordHashes(
  store: RunStore,
  run: string,
  judging: string,
): Promise<Map<string, RecordHashes>> {
  const hashes = new Map<string, RecordHashes>();
  for await (const entries of store.manifest(run)) {
    const attempts = entries
      .filter(({ kind }) => kind === 'attempt')
      .sort((a, b) => Number(a.id) - Number(b.id));
    const verdicts = entries
      .filter((entry) => entry.kind === 'verdicts' && entry.judging === judging)
      .at(-1);
    const attempt = attempts.find(({ id }) => id === verdicts?.id) ?? attempts.at(-1);
    if (!attempt) continue;
    hashes.set(attempt.dialogue, {
      attempt: attempt.hash,
      ...(verdicts && { verdicts: verdicts.hash }),
    });
  }
  return hashes;
}
