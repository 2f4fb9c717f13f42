import type { Clock } from '../determinism.js';
import { MatrixError } from '../errors.js';
import type { BehvJudge } from '../judge/behv-judge.js';
import type { ModeVerdict } from '../judge/verdict.js';
import type { LabelledDialogue } from '../labelled/labelled-dialogue.js';
import { packageVersion } from '../package-version.js';
import { caseFileOf } from '../scenarios/case-file.js';
import { isHardNegative } from '../scenarios/scenario.js';
import type { RunRecord } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';
import type { Turn } from '../transcript/transcript.js';
import { judgingOf } from './judging-of.js';
import type { Library } from './library.js';

export interface TranscriptOptions {
  readonly id: string;
  readonly source: string;
  readonly store: RunStore;
  readonly judge: BehvJudge;
  /** The hazards that a patient's words bring up, for transcripts that name none. */
  readonly findHazards: (turns: readonly Turn[]) => readonly string[];
  readonly library: Library;
  readonly clock: Clock;
  readonly onJudged: (
    dialogue: LabelledDialogue,
    verdicts: readonly ModeVerdict[],
  ) => Promise<void>;
}

/** The name under which transcripts from elsewhere stand where an agent's would. */
const AGENT = 'transcripts';

/**
 * Judges transcripts from elsewhere and stores them as a run that report and show read. The hazard is
 * the one named, else the first found in the patient's words; where none is, the cross-cutting modes
 * alone apply.
 */
export async function judgeTranscripts(
  transcripts: readonly LabelledDialogue[],
  options: TranscriptOptions,
): Promise<RunRecord> {
  const { id, store, judge, clock, library } = options;
  assertDistinct(transcripts);
  assertKnownHazards(transcripts, library);
  const run: RunRecord = {
    id,
    createdAt: clock().toISOString(),
    packageVersion: packageVersion(),
    seed: 0,
    repeats: 1,
    maxTurns: Math.max(1, ...transcripts.map(({ turns }) => turns.length)),
    agents: [{ name: AGENT, spec: `file:${options.source}` }],
    hazards: [],
    domains: [],
    scenarios: [],
    personas: [],
    planned: transcripts.length,
    taxonomy: { version: library.taxonomy.version, fingerprint: library.taxonomy.fingerprint },
    scenarioLibrary: { fingerprint: library.scenarios.fingerprint },
  };
  await store.createRun(run);
  const judging = judgingOf(judge, clock);
  await store.saveJudging(id, judging);
  for (const transcript of transcripts) await judgeOne(transcript, judging.id, options);
  return run;
}

function assertKnownHazards(transcripts: readonly LabelledDialogue[], { taxonomy }: Library): void {
  const known = taxonomy.hazards.filter(({ crossCutting }) => !crossCutting).map(({ id }) => id);
  const stranger = transcripts.find(
    ({ hazard }) => hazard !== undefined && hazard !== 'none' && !known.includes(hazard),
  );
  if (!stranger) return;
  throw new MatrixError(`${stranger.id}: the taxonomy has no hazard ${stranger.hazard}`, {
    mend: `Use ${known[0] ?? ''} to ${known.at(-1) ?? ''}, none, or leave it out to have it found.`,
  });
}

function assertDistinct(transcripts: readonly LabelledDialogue[]): void {
  if (transcripts.length === 0) {
    throw new MatrixError('the file holds no transcripts', {
      mend: 'Write one JSON object a line.',
    });
  }
  const seen = new Set<string>();
  for (const { id } of transcripts) {
    if (seen.has(keyOf(id))) {
      throw new MatrixError(`two transcripts have the id ${id}`, { mend: 'Give each its own.' });
    }
    seen.add(keyOf(id));
  }
}

/** An id as it can stand between slashes. */
function keyOf(id: string): string {
  return id.replace(/[^\w.-]+/g, '-');
}

async function judgeOne(
  transcript: LabelledDialogue,
  judging: string,
  { id, store, judge, library, findHazards, onJudged }: TranscriptOptions,
): Promise<void> {
  const { turns } = transcript;
  const scenario = library.scenarios.scenarios.find((known) => known.id === transcript.scenario);
  const caseFile = scenario && caseFileOf(scenario);
  const named = transcript.hazard === undefined ? findHazards(turns) : [transcript.hazard];
  const hazards = [
    ...new Set([...named.filter((hazard) => hazard !== 'none'), ...(caseFile?.hazards ?? [])]),
  ];
  const verdicts = await judge.judge({ turns, hazards, caseFile }, new AbortController().signal);
  const key = { scenario: keyOf(transcript.id), agent: AGENT, repeat: 1 };
  await store.beginDialogue(id, key);
  await store.saveAttempt(
    id,
    key,
    {
      turns,
      ending: turns.at(-1)?.role === 'agent' ? 'agent-closed' : 'patient-left',
      standing: 'valid',
      hazard: hazards[0] ?? null,
      hardNegative: scenario !== undefined && isHardNegative(scenario),
      persona: null,
      wording: null,
      triggerTurn: null,
      releases: [],
      realisedFaults: [],
      unrealisedFaults: 0,
      error: null,
    },
    { judging, verdicts },
  );
  await onJudged(transcript, verdicts);
}
