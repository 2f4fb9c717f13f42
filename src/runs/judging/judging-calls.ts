import { setImmediate as breathe } from 'node:timers/promises';
import { createCallRecorder, type Answered, type CallRecorder } from '../../calls/call-recorder.js';
import type { Hearing } from '../../judge/juror.js';
import { secretOf } from '../../judge/secret.js';
import { dialogueId, type DialogueKey } from '../../store/run-record.js';
import type { CallUsage, RunStore } from '../../store/run-store.js';
import type { OpenJudging } from './judging-of.js';

/** The takes in which a dialogue was held begin at 1: this one is its judgings'. */
const TAKE = 0;

/** A call that the journal has no answer to. */
export interface OpenCall {
  /** Id of the dialogue. */
  readonly dialogue: string;
  readonly role: string;
  readonly ordinal: number;
  readonly request: unknown;
}

/** Answers an open call in some other way than by making it. */
export type Answerer = (
  call: OpenCall,
  make: () => Promise<Answered<unknown>>,
) => Promise<Answered<unknown>>;

/** A hearing whose calls are kept. */
export interface JudgingHearing extends Hearing {
  /** Resolves once nothing is under way: jurors that are at work when another fails are kept too. */
  settled(): Promise<void>;
}

/**
 * Opens the calls of a judging on a dialogue that was begun. Their roles carry its id, so that two
 * judgings of one run do not meet.
 */
export async function openHearing(
  store: RunStore,
  run: string,
  key: DialogueKey,
  judging: OpenJudging,
  answer: Answerer = (_, make) => make(),
): Promise<JudgingHearing> {
  const dialogue = dialogueId(key);
  const recorder = createCallRecorder(
    store.journal(run, key, TAKE),
    await store.calls(run, key, TAKE),
  );
  const counts = new Map<string, number>();
  const underWay = new Set<Promise<unknown>>();
  const calls: CallRecorder = {
    call: (plainRole, request, schema, make) => {
      const role = roleIn(judging.id, plainRole);
      const ordinal = (counts.get(role) ?? 0) + 1;
      counts.set(role, ordinal);
      const call = recorder.call(role, request, schema, async () => {
        const answered = await answer({ dialogue, role, ordinal, request }, make);
        return { ...answered, answer: schema.parse(answered.answer) };
      });
      underWay.add(call);
      void call.catch(() => undefined).then(() => underWay.delete(call));
      return call;
    },
  };
  return {
    calls,
    secret: secretOf(judging.nonce, dialogue),
    signal: new AbortController().signal,
    settled: async () => {
      do {
        await Promise.allSettled(underWay);
        // What waited for a call may make the next one.
        await breathe();
      } while (underWay.size > 0);
    },
  };
}

/** What the calls of one judging came to. */
export function usageOf(judging: string, usage: readonly CallUsage[]): CallUsage[] {
  const ending = roleIn(judging, '');
  return usage.filter(({ role }) => role.endsWith(ending));
}

/** What a run itself came to, without the judgings that were made of it later. */
export function ownUsage(usage: readonly CallUsage[]): CallUsage[] {
  return usage.filter(({ role }) => !/ \(j-\w+\)$/.test(role));
}

function roleIn(judging: string, role: string): string {
  return `${role} (${judging})`;
}
