import { verifyRun } from '../../src/evidence/verify-run.js';
import { dialogueId } from '../../src/store/run-record.js';
import { openPostgresStore } from '../../src/store/postgres/postgres-store.js';
import type { RunStore } from '../../src/store/run-store.js';

/** What a run came to, without what a clock or a coin decides: durations, ids of times, the judging's nonce. */
export interface StoredContent {
  /** With the times that each was held or judged. */
  readonly dialogues: readonly { readonly id: string; readonly held: number }[];
  /** Hashes of attempts, verdicts and restarts. */
  readonly records: readonly string[];
  /** Whose turn each call was, and what it used; that each stands there once the store itself sees to. */
  readonly calls: readonly string[];
  /** What the evidence of the run says against it. */
  readonly differences: readonly unknown[];
}

const RUN = 'r';
const COMPARED: readonly string[] = ['dialogue', 'attempt', 'verdicts'];

/** Of the run in a store on a server. */
export async function contentOf(url: string): Promise<StoredContent> {
  const store = await openPostgresStore(url);
  try {
    const { differences } = await verifyRun(store.evidence(RUN));
    return { ...(await readRun(store)), differences };
  } finally {
    await store.close();
  }
}

async function readRun(store: RunStore) {
  const records: string[] = [];
  for await (const group of store.manifest(RUN)) {
    for (const { kind, dialogue, judging, id, hash } of group) {
      if (COMPARED.includes(kind)) records.push([kind, dialogue, judging, id, hash].join(' '));
    }
  }
  const dialogues: { id: string; held: number }[] = [];
  const calls: string[] = [];
  for await (const dialogue of store.dialogues(RUN)) {
    const id = dialogueId(dialogue);
    dialogues.push({ id, held: dialogue.attempts + (dialogue.verdicts ? 1 : 0) });
    for (const sitting of await store.sittings(RUN, dialogue)) {
      for (const call of await store.calls(RUN, dialogue, sitting)) {
        const { role, part, ordinal, model, outputTokens } = call;
        calls.push(JSON.stringify([id, sitting, role, part, ordinal, model, outputTokens]));
      }
    }
  }
  return { dialogues, records: records.sort(), calls };
}
