import type { Clock } from '../../determinism.js';
import { MatrixError } from '../../errors.js';
import { planSchema, type Plan } from '../../plan/plan.js';
import { withoutGaps } from '../../plan/read-plan.js';
import { fingerprint } from '../../fingerprint.js';
import type { LabelledDialogue } from '../../labelled/labelled-dialogue.js';
import type { Attempt, DialogueKey, RunRecord } from '../../store/run-record.js';
import type { RunStore } from '../../store/run-store.js';
import {
  judgedTranscript,
  rowOf,
  scenarioOf,
  type TranscriptContext,
} from './judged-transcript.js';
import type { JudgingSource, JudgingTask } from './judging-source.js';
import { newRecord } from '../planning/new-record.js';
import type { JurySpec } from '../../judge/jury/open-jury.js';
import { DEFAULT_TAXONOMY } from '../../taxonomy/taxonomy-folder.js';
import { assertSameContents, contentsOf, JUDGED_BY } from '../planning/contents.js';
import { nextRunId } from '../holding/start-run.js';

export interface TranscriptRunOptions extends TranscriptContext {
  /** Name of the run; unless given, that of an unfinished one of the same file and jury, or a new one. */
  readonly id?: string | undefined;
  /** Name of the file. */
  readonly file: string;
  readonly jury: JurySpec;
  readonly store: RunStore;
  readonly clock: Clock;
}

/** The name under which transcripts from elsewhere stand where an agent's would. */
const AGENT = 'transcripts';

/**
 * Transcripts from elsewhere, as a run that report and show read: a new one, or the one in which the
 * same transcripts are being judged.
 * @throws MatrixError where two share an id, a hazard is unknown, or the run holds something else
 */
export async function openTranscriptRun(
  transcripts: readonly LabelledDialogue[],
  options: TranscriptRunOptions,
): Promise<JudgingSource> {
  assertDistinct(transcripts);
  assertKnownHazards(transcripts, options);
  const { store, library, clock, id, file } = options;
  const content = fingerprint({ transcripts: JSON.stringify(transcripts) });
  const wanted = recordOf(transcripts, `file:${file}#${content}`, options);
  const known = await findRun(wanted, options);
  const run = known ?? { ...wanted, id: id ?? (await nextRunId(store, clock)) };
  if (known) assertSameContents(known, contentsOf(library, []), JUDGED_BY);
  else await store.createRun(run);
  const names = new Map(transcripts.map((each) => [scenarioName(each.id), each.id]));
  return {
    run,
    nameOf: ({ scenario }) => names.get(scenario) ?? scenario,
    tasks: async function* (judging) {
      for (const transcript of transcripts) {
        const task = await taskOf(transcript, run.id, judging, options);
        if (task) yield task;
      }
    },
  };
}

function recordOf(
  transcripts: readonly LabelledDialogue[],
  spec: string,
  { jury, library, clock }: TranscriptRunOptions,
): RunRecord {
  const { judges, second, policy, juryWeights } = jury;
  const { folder } = library.taxonomy;
  const taxonomy = folder === DEFAULT_TAXONOMY ? undefined : folder;
  const plan = { agents: [`${AGENT}=${spec}`], patient: 'transcripts', seed: 0, taxonomy };
  return newRecord(
    {
      id: '',
      plan: planSchema.parse(
        withoutGaps({ ...plan, judges: [...judges], second, policy, juryWeights }),
      ),
      agents: [{ name: AGENT, spec }],
      planned: transcripts.length,
      contents: contentsOf(library, []),
    },
    clock,
  );
}

async function findRun(
  wanted: RunRecord,
  { id, file, store }: TranscriptRunOptions,
): Promise<RunRecord | undefined> {
  if (id === undefined) {
    const unfinished = (await store.runs()).find(
      (run) => run.held < run.planned && isOf(run, wanted) && isJudgedAs(run, wanted),
    );
    return unfinished && store.run(unfinished.id);
  }
  const known = await store.run(id);
  if (!known || isOf(known, wanted)) return known;
  throw new MatrixError(`run ${id} does not hold the transcripts of ${file} as they are now`, {
    mend: 'Give another --run-id.',
  });
}

function isOf({ agents }: RunRecord, wanted: RunRecord): boolean {
  return JSON.stringify(agents) === JSON.stringify(wanted.agents);
}

function isJudgedAs({ plan }: RunRecord, wanted: RunRecord): boolean {
  const jury = ({ judges, second, policy, juryWeights }: Plan) =>
    JSON.stringify([judges, second, policy, juryWeights]);
  return jury(plan) === jury(wanted.plan);
}

function assertKnownHazards(
  transcripts: readonly LabelledDialogue[],
  { library: { taxonomy } }: TranscriptContext,
): void {
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
  const seen = new Map<string, string>();
  for (const { id } of transcripts) {
    if (/^\.{1,2}$/.test(scenarioName(id))) {
      throw new MatrixError(`a transcript cannot have the id ${id}`, { mend: 'Give it a name.' });
    }
    const before = seen.get(scenarioName(id));
    if (before !== undefined) {
      throw new MatrixError(
        `two transcripts would be called ${scenarioName(id)}: "${before}" and "${id}"`,
        {
          mend: 'Give each an id of its own, in which letters, digits, dots and dashes differ.',
        },
      );
    }
    seen.set(scenarioName(id), id);
  }
}

/** A transcript's id as it stands where a scenario's would: between slashes. */
function scenarioName(id: string): string {
  return id.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}_.-]+/gu, '-');
}

/** Undefined where the judging has its verdicts. */
async function taskOf(
  transcript: LabelledDialogue,
  run: string,
  judging: string,
  { store, ...context }: TranscriptRunOptions,
): Promise<JudgingTask | undefined> {
  const key: DialogueKey = { scenario: scenarioName(transcript.id), agent: AGENT, repeat: 1 };
  const before = await store.dialogue(run, key, judging);
  if (before?.verdicts) return undefined;
  return {
    key,
    dialogueFor: (judge) => judgedTranscript(transcript, judge, context),
    toAttempt: before?.attempt
      ? undefined
      : (judgement, judge) =>
          attemptOf(transcript, rowOf(transcript, judgement, judge, context), context),
  };
}

function attemptOf(
  transcript: LabelledDialogue,
  row: string | null,
  context: TranscriptContext,
): Attempt {
  const { turns, hazard, scenario } = transcript;
  const known = scenarioOf(transcript, context);
  return {
    turns,
    ending: turns.at(-1)?.role === 'agent' ? 'agent-closed' : 'patient-left',
    standing: 'valid',
    hazard: row,
    hardNegative: known?.hardNegative ?? false,
    persona: null,
    wording: null,
    triggerTurn: null,
    releases: [],
    mishearings: null,
    realisedFaults: [],
    unrealisedFaults: 0,
    stated: { hazard, scenario },
    patientFaults: null,
    error: null,
  };
}
