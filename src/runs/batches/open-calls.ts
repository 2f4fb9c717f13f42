import type { Answered } from '../../calls/call-recorder.js';
import { fingerprint } from '../../fingerprint.js';
import type { BehvJudge } from '../../judge/behv-judge.js';
import type { RunStore } from '../../store/run-store.js';
import { openHearing, type OpenCall } from '../judging/judging-calls.js';
import type { OpenJudging } from '../judging/judging-of.js';
import type { JudgingSource } from '../judging/judging-source.js';

/** Ends the judging of a dialogue at a call that is not made. */
class NotMade extends Error {}

/**
 * Judges as far as the journal reaches, and keeps no verdicts: yields the calls that would have to be
 * made next.
 * @param answerTo what is known besides the journal, into which it goes where it is used
 */
export async function* openCalls(
  source: JudgingSource,
  judging: OpenJudging,
  { store, judge }: { readonly store: RunStore; readonly judge: BehvJudge },
  answerTo: (call: OpenCall) => Answered<unknown> | undefined = () => undefined,
): AsyncGenerator<OpenCall> {
  for await (const task of source.tasks(judging.id)) {
    const open: OpenCall[] = [];
    const answer = (call: OpenCall) => {
      const known = answerTo(call);
      if (known) return Promise.resolve(known);
      open.push(call);
      return Promise.reject(new NotMade());
    };
    await store.beginDialogue(source.run.id, task.key);
    const hearing = await openHearing(store, source.run.id, task.key, judging, answer);
    try {
      await task.judge(judge, hearing);
    } catch (error) {
      if (!(error instanceof NotMade)) throw error;
    } finally {
      await hearing.settled();
    }
    yield* open;
  }
}

/** Tells calls of a judging apart. */
export function placeOf({ dialogue, role, ordinal }: Omit<OpenCall, 'request'>): string {
  return JSON.stringify([dialogue, role, ordinal]);
}

export function requestFingerprint({ request }: OpenCall): string {
  return fingerprint({ request: JSON.stringify(request) });
}
