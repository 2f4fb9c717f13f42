import { modelEar } from '../agents/patbot/ear/model-ear.js';
import { openEar } from '../agents/patbot/ear/open-ear.js';
import type { EarKind } from '../agents/patbot/ear/ear.js';
import { OFFLINE_PATIENT, openPatient, type PatientKind } from '../agents/patbot/open-patient.js';
import type { Persona } from '../agents/patbot/persona.js';
import { MatrixError } from '../errors.js';
import { shortFingerprint } from '../fingerprint.js';
import { hazardFinder } from '../judge/find-hazards.js';
import { promptRecord } from '../models/prompt-file.js';
import { replayModels, silentModel } from '../models/replay-models.js';
import type { Plan } from '../plan/plan.js';
import type { TranscriptContext } from '../runs/judging/judged-transcript.js';
import { loadLibrary, type Library } from '../runs/library.js';
import { changedContents, contentsOf, type ChangedContent } from '../runs/planning/contents.js';
import type { Judging, RunRecord } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';
import { personasOf } from './cast-again.js';
import { reseatJury, type SeatedJudging } from './reseat-jury.js';

/** What the dialogues of a stored run are replayed with. Nothing in it can call or be called. */
export interface OpenReplay {
  readonly run: RunRecord;
  readonly store: RunStore;
  readonly library: Library;
  readonly personas: readonly Persona[];
  readonly patient: PatientKind;
  readonly ear: EarKind;
  /** The judging that is replayed; undefined where the run has none. */
  readonly seated: SeatedJudging | undefined;
  readonly transcripts: TranscriptContext;
  /** What is known to have changed since the run: where differences come from. */
  readonly changed: readonly ChangedContent[];
  readonly signal: AbortSignal;
}

export interface ReplayOptions {
  readonly store: RunStore;
  /** Its verdicts are replayed; none where it is left out. */
  readonly judging?: Judging | undefined;
  /** Where taxonomy and scenarios are, if not where the run's plan says. */
  readonly folders?: Partial<Pick<Plan, 'taxonomy' | 'scenarioLibrary'>> | undefined;
  readonly signal: AbortSignal;
}

/**
 * Makes ready to replay dialogues of a run.
 * @throws MatrixError where its library or jury cannot be read any more
 */
export async function openReplay(run: RunRecord, options: ReplayOptions): Promise<OpenReplay> {
  const { store, judging, folders, signal } = options;
  assertNoPerson(run);
  const library = loadLibrary({ ...run.plan, ...folders });
  const [patient, ear] = await openHearers(run.plan);
  const seated = judging && (await reseatJury(judging, run.plan, library.taxonomy));
  const prompts = [...patient.prompts, ...ear.prompts].map(promptRecord);
  return {
    run,
    store,
    library,
    personas: personasOf(run),
    patient,
    ear,
    seated,
    transcripts: { library, findHazards: hazardFinder(library.taxonomy) },
    changed: [
      ...changedContents(run.contents, contentsOf(library, prompts)),
      ...changedJudge(seated),
    ],
    signal,
  };
}

/** What a person said stands in the turns alone: nothing in the journal gives it again. */
function assertNoPerson({ id, plan }: RunRecord): void {
  if (plan.patient !== 'person') return;
  throw new MatrixError(`in run ${id} a person played the patient, who cannot be executed again`, {
    mend: `Read it with: matrix-sim show ${id}`,
  });
}

/** Of a run of transcripts nobody was simulated. */
async function openHearers({ patient, ear = patient }: Plan): Promise<[PatientKind, EarKind]> {
  const models = replayModels();
  const isSimulated = patient !== 'transcripts';
  const kind = isSimulated ? await openPatient(patient, models) : OFFLINE_PATIENT;
  if (ear.startsWith('file:')) return [kind, modelEar(ear, silentModel(ear, 'file'))];
  return [kind, await openEar(isSimulated ? ear : 'offline', models)];
}

function changedJudge(seated: SeatedJudging | undefined): ChangedContent[] {
  if (!seated) return [];
  const { judge, judging } = seated;
  if (judge.fingerprint === judging.judgeFingerprint) return [];
  const [was, now] = [judging.judgeFingerprint, judge.fingerprint].map(shortFingerprint);
  return [{ name: 'judge', was: was ?? '', now: now ?? '' }];
}
