import { createHash } from 'node:crypto';
import { z } from 'zod';
import { STAGES, type Stage } from '../store/leases.js';
import { dialogueId, type DialogueKey } from '../store/run-record.js';

/** What a job says of the dialogue that is to be held or judged. */
export const queuedDialogueSchema = z.object({
  scenario: z.string(),
  agent: z.string(),
  repeat: z.int().positive(),
});

/** One kind of work on one run: a queue of its own, which a worker can leave to others. */
export interface RunStage {
  readonly run: string;
  readonly stage: Stage;
}

export function queueName({ run, stage }: RunStage): string {
  return `${run}.${stage}`;
}

/** Undefined for the queue of something else. */
export function parseQueueName(name: string): RunStage | undefined {
  const stage = STAGES.find((known) => name.endsWith(`.${known}`));
  return stage && { run: name.slice(0, -stage.length - 1), stage };
}

/** The same for the same work, so that it stands in its queue once: a UUID as RFC 9562 forms one of a hash. */
export function jobId({ run, stage }: RunStage, key: DialogueKey): string {
  const digest = createHash('sha256').update(JSON.stringify([run, stage, dialogueId(key)]));
  const hex = digest.digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
