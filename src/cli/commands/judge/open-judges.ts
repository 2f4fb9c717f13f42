import path from 'node:path';
import type { NamedSpec } from '../../../agents/under-test/open-agent.js';
import { MatrixError } from '../../../errors.js';
import { newNonce } from '../../../judge/secret.js';
import { createLogger } from '../../../logger.js';
import { loadPrices } from '../../../models/budget.js';
import type { Models } from '../../../models/open-model.js';
import {
  keepNoRecording,
  openRecording,
  openReplay,
  type Recordings,
} from '../../../models/recording-folder.js';
import { replayModels } from '../../../models/replay-models.js';
import { packageVersion } from '../../../package-version.js';
import { validate } from '../../../read-file.js';
import type { Library } from '../../../runs/library.js';
import { planSchema, type Plan } from '../../../plan/plan.js';
import { openRunModels } from '../../../runs/holding/run-models.js';
import { assertReferenceAgents } from '../../../runs/recorded/reference-agents-only.js';
import type { BenchedJudge } from '../../../validity/benched-judge.js';
import type { BenchOptions } from '../../../validity/bench.js';
import { openJudge } from '../../../validity/judge-spec.js';
import type { JudgingFlags } from './options.js';

export interface OpenJudges {
  readonly judges: readonly BenchedJudge[];
  readonly options: Pick<BenchOptions, 'concurrency' | 'repeats' | 'prices'>;
}

/**
 * @param agents of whom the dialogues are
 * @throws MatrixError where flags contradict each other, a judge is unknown or cannot judge these
 *   agents, or a key is missing
 */
export async function openJudges(
  flags: JudgingFlags & { readonly repeats?: number },
  library: Library,
  agents: readonly NamedSpec[],
): Promise<OpenJudges> {
  const { judge: specs = ['deterministic'], second } = flags;
  assertFlags(flags, specs);
  const plan = planOf(flags);
  const recordings = recordingsOf(flags);
  const models = modelsOf(flags, plan);
  const judges: BenchedJudge[] = [];
  for (const spec of specs) {
    assertReferenceAgents({ judges: [spec] }, agents);
    judges.push(await openJudge(spec, library, { models, recordings, second }));
  }
  const { concurrency, repeats, prices } = plan;
  return {
    judges,
    options: {
      concurrency,
      repeats,
      prices: prices === undefined ? undefined : loadPrices(prices),
    },
  };
}

function assertFlags({ record, replay, second }: JudgingFlags, specs: readonly string[]): void {
  if (record !== undefined && replay !== undefined) {
    throw new MatrixError('--record and --replay exclude each other', {
      mend: 'Record goes on with a recording, replay only reads it.',
    });
  }
  if (second !== undefined && specs.length > 1) {
    throw new MatrixError('--second goes with one --judge', {
      mend: 'Name second in jury files to compare several judges with it.',
    });
  }
}

/** A bench is a run's judging without the run: what it leaves open is as there. */
function planOf({ concurrency, repeats, prices }: JudgingFlags & { repeats?: number }): Plan {
  return validate({ concurrency, repeats, prices }, 'command line', planSchema);
}

function recordingsOf({ record, replay }: JudgingFlags): Recordings {
  if (replay !== undefined) return openReplay(replay);
  if (record === undefined) return keepNoRecording(newNonce());
  return openRecording(record, () => ({
    nonce: newNonce(),
    version: packageVersion(),
    date: new Date().toISOString(),
  }));
}

function modelsOf({ replay }: JudgingFlags, plan: Plan): Models {
  return replay === undefined
    ? openRunModels(plan, createLogger(undefined)).models
    : replayModels();
}

/** The dialogues of a file stand for agents of whom nothing is known. */
export function agentsOfFile(file: string): NamedSpec[] {
  return [{ name: path.basename(file), spec: `file:${file}` }];
}
