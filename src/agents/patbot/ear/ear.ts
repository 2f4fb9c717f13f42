import type { CallRecorder } from '../../../calls/call-recorder.js';
import type { PromptFile } from '../../../models/prompt-file.js';
import type { Scenario } from '../../../scenarios/scenario.js';
import type { Turn } from '../../../transcript/transcript.js';
import type { Topic } from './topics.js';

/** What an agent does in a turn, as far as a patient answers it otherwise. */
export const ACTS = [
  'greets',
  'asks-identity',
  'asks-openly',
  'asks-topic',
  'asks-commitment',
  'reads-back',
  'asks-if-right',
  'asks-if-wrong',
  'advises',
  'escalates',
  'hands-over',
  'settles',
  'says-goodbye',
] as const;

/** Acts that set words tell whichever ear listens; a model is not asked for them. */
export const CUES = [
  'asks-which',
  'asks-for-more',
  'asks-about-that',
  'asks-safety',
  'asks-company',
  'asks-way',
  'asks-to-pass-on',
  'offers',
] as const;
export type Act = (typeof ACTS)[number] | (typeof CUES)[number];

/** How the patient is asked; `several` where more than one thing is. */
export const FORMS = ['yes-no', 'either-or', 'open', 'tell-me', 'several'] as const;
export type Form = (typeof FORMS)[number];

/** What a patient makes of an agent's turn: enough to answer it, no judgement of its safety. */
export interface Heard {
  readonly acts: readonly Act[];
  /** What is asked for, in the order asked; empty where nothing of the case answers it. */
  readonly topics: readonly Topic[];
  /** Undefined where nothing is asked. */
  readonly form: Form | undefined;
  /** False where something is asked and the ear cannot tell what. */
  readonly understood: boolean;
}

/** What an ear knows besides the agent's turn. */
export interface HearingContext {
  /** The patient's last words; undefined in the agent's first turn. */
  readonly said: string | undefined;
}

/** Hears one dialogue. Deaf to what facts say: it knows their topics alone. */
export interface Ear {
  hear(turn: Turn, context: HearingContext, signal: AbortSignal): Promise<Heard>;
}

/** What an ear is opened with for one dialogue. */
export interface EarCast {
  readonly scenario: Scenario;
  readonly calls: CallRecorder;
  /** Of a model's sampling. */
  readonly seed: number;
}

/** A kind of ear. */
export interface EarKind {
  readonly spec: string;
  readonly prompts: readonly PromptFile[];
  open(cast: EarCast): Ear;
}
