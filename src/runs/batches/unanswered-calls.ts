import { placeKey, type CallPlace } from '../../calls/call.js';
import type { Answered } from '../../calls/call-recorder.js';
import { fingerprint } from '../../fingerprint.js';
import type { BehvJudge } from '../../judge/behv-judge.js';
import { dialogueId } from '../../store/run-record.js';
import type { RunStore } from '../../store/run-store.js';
import { hearJury, judgingRecording } from '../judging/judge-dialogue.js';
import type { OpenJudging } from '../judging/judging-of.js';
import type { JudgingSource, JudgingTask } from '../judging/judging-source.js';

/** A call of a judging that the journal has no answer to. */
export interface OpenCall extends CallPlace {
  /** Id of the dialogue. */
  readonly dialogue: string;
  readonly request: unknown;
}

/** Ends the judging of a dialogue at a call that is not made. */
class NotMade extends Error {}

interface Reading {
  readonly store: RunStore;
  readonly judge: BehvJudge;
  readonly signal: AbortSignal;
}

/**
 * Judges as far as the journal reaches, and keeps no verdicts: yields the calls that would have to be
 * made next.
 * @param answerTo what is known besides the journal, into which it goes where it is used
 */
export async function* unansweredCalls(
  source: JudgingSource,
  judging: OpenJudging,
  reading: Reading,
  answerTo: (call: OpenCall) => Answered<unknown> | undefined = () => undefined,
): AsyncGenerator<OpenCall> {
  for await (const task of source.tasks(judging.id)) {
    const open: OpenCall[] = [];
    const answer = (call: CallPlace & { readonly request: unknown }) => {
      const asked = { ...call, dialogue: dialogueId(task.key) };
      const known = answerTo(asked);
      if (known) return Promise.resolve(known);
      open.push(asked);
      return Promise.reject(new NotMade());
    };
    await readOn(task, source.run.id, judging, reading, answer);
    yield* open;
  }
}

async function readOn(
  { key, dialogueFor, toAttempt }: JudgingTask,
  run: string,
  judging: OpenJudging,
  { store, judge, signal }: Reading,
  answer: (call: CallPlace & { readonly request: unknown }) => Promise<Answered<unknown>>,
): Promise<void> {
  const dialogue = dialogueFor(judge);
  if (!dialogue) return;
  if (toAttempt) await store.beginDialogue(run, key);
  const recording = await judgingRecording(key, { run, judging, store });
  try {
    await hearJury(judge, dialogue, recording, { signal, answer });
  } catch (error) {
    if (!(error instanceof NotMade)) throw error;
  }
}

/** Tells calls of a judging apart. */
export function keyOf({ dialogue, ...place }: Omit<OpenCall, 'request'>): string {
  return JSON.stringify([dialogue, placeKey(place)]);
}

export function requestFingerprint({ request }: Pick<OpenCall, 'request'>): string {
  return fingerprint({ request: JSON.stringify(request) });
}
