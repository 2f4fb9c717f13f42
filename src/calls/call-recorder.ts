import { hash } from 'node:crypto';
import type { z } from 'zod';
import { MatrixError } from '../errors.js';
import { withoutSecrets } from '../secrets.js';
import type { Call, CallJournal } from './call.js';

/** An answer with what it cost. */
export interface Answered<A> {
  readonly answer: A;
  readonly model?: string;
  readonly usage?: { readonly inputTokens: number; readonly outputTokens: number } | null;
  readonly attempts?: number;
}

/**
 * The calls of one dialogue: each is answered from the journal where it was answered before, else
 * made and kept before the dialogue goes on.
 */
export interface CallRecorder {
  /**
   * @param request anything that JSON can hold; its hash must be the recorded one
   * @throws MatrixError where the journal holds another request at this place
   */
  call<A>(
    role: string,
    request: unknown,
    schema: z.ZodType<A>,
    make: () => Promise<Answered<A>>,
  ): Promise<A>;
}

/** Makes every call and keeps none: for dialogues outside a run. */
export const UNRECORDED: CallRecorder = {
  call: async (_role, _request, _schema, make) => (await make()).answer,
};

/** @param recorded the calls of this dialogue that the journal holds */
export function createCallRecorder(
  journal: CallJournal,
  recorded: readonly Call[],
  now: () => number = () => performance.now(),
): CallRecorder {
  const before = new Map(recorded.map((call) => [placeOf(call.role, call.ordinal), call]));
  const counts = new Map<string, number>();
  return {
    call: async (role, request, schema, make) => {
      const ordinal = (counts.get(role) ?? 0) + 1;
      counts.set(role, ordinal);
      const asked = clean(request);
      const requestHash = hash('sha256', asked.json);
      const known = before.get(placeOf(role, ordinal));
      if (known) return schema.parse(answerOf(known, requestHash));
      const started = now();
      const { answer: raw, model, usage, attempts = 1 } = await make();
      const latency = now() - started;
      const answer = clean(raw).value;
      await journal.record({
        role,
        ordinal,
        model: model ?? null,
        requestHash,
        request: asked.value,
        answer,
        inputTokens: usage?.inputTokens ?? null,
        outputTokens: usage?.outputTokens ?? null,
        latency,
        attempts,
      });
      return answer;
    },
  };
}

function placeOf(role: string, ordinal: number): string {
  return `${role} ${ordinal}`;
}

function answerOf({ role, ordinal, requestHash, answer }: Call, asked: string): unknown {
  if (requestHash === asked) return answer;
  throw new MatrixError(
    `call ${ordinal} of ${role} would ask something else than what the journal holds`,
    { mend: 'Agent, prompt or library have changed since: start a new run.' },
  );
}

/** A value without secrets, and its JSON. */
function clean<T>(value: T): { value: T; json: string } {
  const text = JSON.stringify(value);
  const json = withoutSecrets(text);
  return { value: json === text ? value : (JSON.parse(json) as T), json };
}
