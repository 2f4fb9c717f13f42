import { recordedModel } from '../../models/recorded-model.js';
import type { ChatModel } from '../../models/chat-model.js';
import { loneModels } from '../../models/lone-models.js';
import type { Models } from '../../models/open-model.js';
import type { PromptFile } from '../../models/prompt-file.js';
import type { CallRecorder } from '../../calls/call-recorder.js';
import { createModelPatient } from './model-patient.js';
import type { PatBotCast } from './voice/cast.js';
import { createPatBot } from './voice/patbot.js';
import { loadPatientPrompt, loadReviewPrompt } from './patient-prompt.js';
import { reviewPatient, type PatientReview, type ReviewedDialogue } from './patient-review.js';
import type { Patient } from './patient.js';

/** What a patient is opened with for one dialogue. */
export interface PatientCast extends PatBotCast {
  /** The trigger in the wording of this dialogue. */
  readonly triggerWording: string;
  /** Of a model's sampling; differs between attempts at one dialogue. */
  readonly seed: number;
  readonly calls: CallRecorder;
}

/** A kind of simulated patient. */
export interface PatientKind {
  readonly spec: string;
  /** Whether a further attempt can come out otherwise. */
  readonly varies: boolean;
  readonly prompts: readonly PromptFile[];
  open(cast: PatientCast): Patient;
  /** Looks for faults of the patient in a finished dialogue. */
  review?(
    dialogue: ReviewedDialogue,
    cast: PatientCast,
    signal: AbortSignal,
  ): Promise<PatientReview>;
}

/** The rule-based patient: its words depend on the seed alone. */
export const OFFLINE_PATIENT: PatientKind = {
  spec: 'offline',
  varies: false,
  prompts: [],
  open: createPatBot,
};

/** @param spec `offline`, or a model as `openai:MODEL` */
export async function openPatient(spec: string, models: Models): Promise<PatientKind> {
  return spec === 'offline' ? OFFLINE_PATIENT : modelPatient(spec, await models.open(spec));
}

/** As {@link openPatient}, outside a run. @throws MatrixError where the spec names no patient */
export function openPatientAlone(spec: string): Promise<PatientKind> {
  return openPatient(spec, loneModels());
}

function modelPatient(spec: string, model: ChatModel): PatientKind {
  const prompt = loadPatientPrompt();
  const review = loadReviewPrompt();
  return {
    spec,
    varies: true,
    prompts: [prompt, review],
    open: (cast) =>
      createModelPatient({
        ...cast,
        prompt,
        model: recordedModel(model, cast.calls, { role: 'patient' }),
      }),
    review: (dialogue, { calls }, signal) =>
      reviewPatient(
        recordedModel(model, calls, { role: 'patient-review' }),
        review,
        dialogue,
        signal,
      ),
  };
}
