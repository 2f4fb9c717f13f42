import { setImmediate as breathe } from 'node:timers/promises';
import type { CallPlace } from '../calls/call.js';
import {
  createCallRecorder,
  type Answered,
  type CallRecorder,
  type RecorderOptions,
} from '../calls/call-recorder.js';
import { NOTHING_KEPT, type SealedRecording } from '../calls/recording.js';
import { MatrixError } from '../errors.js';
import type { Hearing } from './juror.js';
import { newNonce, secretOf } from './secret.js';

/** A hearing that can be waited for. */
export interface OpenHearing extends Hearing {
  /** Resolves once nothing is under way: jurors that are at work when another fails are kept too. */
  settled(): Promise<void>;
}

export interface HearingOptions extends Pick<RecorderOptions, 'onAnswer' | 'onFailedCall'> {
  /** Ends calls in flight with its reason. */
  readonly signal: AbortSignal;
  readonly onFailure?: (error: unknown) => void;
  /** Answers what the recording lacks in place of who would be asked. */
  readonly answer?: (call: CallPlace & { readonly request: unknown }) => Promise<Answered<unknown>>;
}

/**
 * Opens a hearing on a recording, from which it takes calls and marks alike. A call that fails as all
 * further ones would (a refused key) ends those that are in flight beside it.
 */
export function openHearing(recording: SealedRecording, options: HearingOptions): OpenHearing {
  const { signal, answer, onFailure } = options;
  const recorder = createCallRecorder(recording, options);
  const fatal = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  const failed = (error: unknown) => {
    onFailure?.(error);
    if (error instanceof MatrixError) fatal.abort(error);
  };
  const calls: CallRecorder = {
    call: (role, request, schema, make) => {
      const call = recorder.call(role, request, schema, async (place) => {
        if (!answer) return make(place);
        const answered = await answer({ ...place, request });
        return { ...answered, answer: schema.parse(answered.answer) };
      });
      underWay.add(call);
      void call.catch(failed).then(() => underWay.delete(call));
      return call;
    },
  };
  return {
    calls,
    secret: secretOf(recording.nonce, recording.dialogue),
    signal: AbortSignal.any([signal, fatal.signal]),
    settled: async () => {
      do {
        await Promise.allSettled(underWay);
        // What waited for a call may make the next one.
        await breathe();
      } while (underWay.size > 0);
    },
  };
}

/** A recording that keeps nothing, under a nonce of its own. */
export function unrecorded(): SealedRecording {
  return { ...NOTHING_KEPT, nonce: newNonce(), dialogue: '' };
}
