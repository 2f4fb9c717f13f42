import { hash } from 'node:crypto';
import type { z } from 'zod';
import { validate } from '../read-file.js';
import { withoutSecrets } from '../secrets.js';
import { describePlace, type AskedCall, type Call, type CallPlace, type CallRole } from './call.js';
import type { Recording } from './recording.js';

/** An answer with what it cost. */
export interface Answered<A> {
  readonly answer: A;
  readonly model?: string;
  readonly usage?: {
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly cachedTokens?: number | undefined;
  } | null;
  readonly attempts?: number;
}

/**
 * The calls of one dialogue: each is answered from the recording where it was answered before, else
 * made and kept before the dialogue goes on.
 */
export interface CallRecorder {
  /**
   * @param request anything that JSON can hold; its hash must be the recorded one
   * @throws MatrixError where the recording refuses the call
   */
  call<A>(
    role: CallRole,
    request: unknown,
    schema: z.ZodType<A>,
    make: (place: CallPlace) => Promise<Answered<A>>,
  ): Promise<A>;
}

/** Makes every call and keeps none: for dialogues outside a run. */
export const UNRECORDED: CallRecorder = {
  call: async ({ role, part = '' }, _request, _schema, make) =>
    (await make({ role, part, ordinal: 1 })).answer,
};

export interface RecorderOptions {
  /** Milliseconds. */
  readonly now?: () => number;
  /** Told of each answer, and whether it was in the recording before. */
  readonly onAnswer?: (call: Call, replayed: boolean) => void;
  /** Told of each call that came to nothing, and how many milliseconds that took. */
  readonly onFailedCall?: (asked: AskedCall, error: unknown, latency: number) => void;
}

export function createCallRecorder(
  recording: Recording,
  { now = () => performance.now(), onAnswer, onFailedCall }: RecorderOptions = {},
): CallRecorder {
  const nextPlace = placeCounter();
  const ask = async (asked: AskedCall, make: Make): Promise<Call> => {
    const started = now();
    try {
      const { answer, model = null, usage, attempts = 1 } = await make(asked);
      const { inputTokens = null, outputTokens = null, cachedTokens } = usage ?? {};
      const kept = cachedTokens === undefined ? {} : { cachedTokens };
      const cost = { model, inputTokens, outputTokens, latency: now() - started, attempts };
      return { ...asked, ...cost, ...kept, answer: clean(answer).value };
    } catch (error) {
      recording.keepFailure?.(asked, error);
      onFailedCall?.(asked, error, now() - started);
      throw error;
    }
  };
  return {
    call: async (role, request, schema, make) => {
      const { value, json } = clean(request);
      const asked = { ...nextPlace(role), requestHash: hash('sha256', json), request: value };
      const known = recording.find(asked);
      const call = known ?? (await ask(asked, make));
      const answer = validate(call.answer, `answer to ${describePlace(call)}`, schema);
      if (!known) await recording.keep({ ...call, answer });
      onAnswer?.(call, known !== undefined);
      return answer;
    },
  };
}

type Make = (place: CallPlace) => Promise<Answered<unknown>>;

/** Counts the calls of each role and part from 1. */
function placeCounter(): (role: CallRole) => CallPlace {
  const counts = new Map<string, number>();
  return ({ role, part = '' }) => {
    const key = JSON.stringify([role, part]);
    const ordinal = (counts.get(key) ?? 0) + 1;
    counts.set(key, ordinal);
    return { role, part, ordinal };
  };
}

/** A value without secrets, and its JSON. */
function clean(value: unknown): { value: unknown; json: string } {
  const text = JSON.stringify(value);
  const json = withoutSecrets(text);
  return { value: json === text ? value : JSON.parse(json), json };
}
