import type { CallRecorder } from '../calls/call-recorder.js';
import type { Meter } from '../models/meter.js';
import { ModelError } from '../models/model-error.js';
import type { Recording } from '../models/recording.js';
import { validate } from '../read-file.js';

/** One judging of one dialogue. */
export interface JudgeCalls {
  readonly dialogue: string;
  /** From 1. */
  readonly repeat: number;
  readonly recording?: Recording | undefined;
  readonly meter: Meter;
}

/** The calls of one judging: counted, and through the recording where there is one. */
export function judgeCalls({ dialogue, repeat, recording, meter }: JudgeCalls): CallRecorder {
  return {
    call: async (role, request, schema, make) => {
      try {
        const answered = recording
          ? await recording.answer({ dialogue, repeat, role }, request, make)
          : { ...(await make()), replayed: false };
        meter.count(answered);
        return validate(answered.answer, `answer of ${role} on ${dialogue}`, schema);
      } catch (error) {
        if (error instanceof ModelError) meter.fail();
        throw error;
      }
    },
  };
}
