import { randomFrom } from '../../determinism.js';
import { fingerprint } from '../../fingerprint.js';
import type { RunHashes } from '../../evidence/manifest-hasher.js';
import type { Judging, RunRecord, StoredDialogue, Validity } from '../../store/run-record.js';
import { DEFAULT_BANDS } from '../../taxonomy/likelihood-bands.js';
import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';
import { gatherCases } from './gather-cases.js';
import { hazardEntry, type HazardEntry } from './hazard-entry.js';
import type { Inputs } from './inputs.js';
import type { Scale } from './measure.js';

/** A judged run of which one agent is looked at. */
export interface LogSource {
  readonly run: RunRecord;
  readonly judging: Omit<Judging, 'nonce'>;
  readonly agent: string;
  readonly validity: readonly Validity[];
  readonly hashes: RunHashes;
  /** SHA-256 of the attempt that counts and of the verdicts on it, by dialogue. */
  readonly recordHashes: ReadonlyMap<string, RecordHashes>;
}

export interface RecordHashes {
  readonly attempt?: string;
  readonly verdicts?: string;
}

export interface SourceWithDialogues extends LogSource {
  readonly dialogues: AsyncIterable<StoredDialogue>;
}

/** One agent of one run, hazard by hazard. */
export interface Assessment {
  readonly source: LogSource;
  readonly entries: readonly HazardEntry[];
}

/** All that a hazard log says, in whatever form it is written. */
export interface HazardLog {
  readonly taxonomy: Taxonomy;
  readonly inputs: Inputs;
  readonly scale: Scale;
  /** Under the controls that the agent has. */
  readonly initial: Assessment;
  /** With the additional controls, from a run of their own; undefined: not assessed. */
  readonly residual: Assessment | undefined;
}

/** Makes the log of an agent; deterministic for the same records. */
export async function hazardLog(
  initial: SourceWithDialogues,
  residual: SourceWithDialogues | undefined,
  taxonomy: Taxonomy,
  inputs: Inputs,
): Promise<HazardLog> {
  const bands = inputs.bands ?? taxonomy.riskMatrix.bands ?? DEFAULT_BANDS;
  const scale = { bands, matrix: taxonomy.riskMatrix.matrix };
  const assess = async ({ dialogues, ...source }: SourceWithDialogues): Promise<Assessment> => {
    const cases = await gatherCases(dialogues, source.agent, taxonomy);
    const random = (...labels: string[]) =>
      randomFrom('hazard log', source.run.id, source.agent, ...labels);
    const entries = taxonomy.hazards.flatMap((hazard) => {
      const of = cases.get(hazard.id);
      return of ? [hazardEntry(hazard, of, { scale, inputs, random })] : [];
    });
    return { source, entries };
  };
  return {
    taxonomy,
    inputs,
    scale,
    initial: await assess(initial),
    residual: residual && (await assess(residual)),
  };
}

/**
 * Of the agent's spec and of all that the run records as deciding its transcripts, package and
 * scenarios included. A service that changes behind its address keeps its hash.
 */
export function configurationHash({ run, agent }: Pick<LogSource, 'run' | 'agent'>): string {
  const contents = run.contents.filter(({ decides }) => decides === 'transcripts');
  return fingerprint({
    spec: run.agents.find(({ name }) => name === agent)?.spec ?? '',
    contents: JSON.stringify(contents),
    prompt: run.plan.agentPrompt ?? '',
  });
}
