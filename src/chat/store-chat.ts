import type { NamedSpec } from '../agents/under-test/open-agent.js';
import type { Clock } from '../determinism.js';
import type { BehvJudge } from '../judge/behv-judge.js';
import { unrecordedHearing } from '../judge/juror.js';
import { secretOf } from '../judge/secret.js';
import { openJudging } from '../runs/judging-of.js';
import type { Library } from '../runs/library.js';
import { newRecord } from '../runs/new-record.js';
import { judgeAttempt } from '../runs/run-scenario.js';
import { dialogueId, type DialogueKey } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';
import type { Chat, HeldChat } from './hold-chat.js';

export interface ChatRecord {
  readonly id: string;
  readonly agent: NamedSpec;
  readonly patient: string;
}

/** Judges a chat and stores it as a run of one dialogue, which report and show read. */
export async function storeChat(
  { attempt, calls }: HeldChat,
  { scenario, casting, maxTurns }: Pick<Chat, 'scenario' | 'casting' | 'maxTurns'>,
  { id, agent, patient }: ChatRecord,
  {
    store,
    judge,
    library,
    clock,
  }: { store: RunStore; judge: BehvJudge; library: Library; clock: Clock },
): Promise<DialogueKey> {
  const [seed] = casting.labels;
  const given = {
    id,
    seed,
    maxTurns,
    agents: [agent],
    scenarios: [scenario.id],
    patient,
    planned: 1,
  };
  const key = { scenario: scenario.id, agent: agent.name, repeat: 1 };
  await store.createRun(newRecord(given, library, clock));
  await store.beginDialogue(id, key);
  const journal = store.journal(id, key, 1);
  await Promise.all(calls.map((call) => journal.record(call)));
  const judging = await openJudging(store, id, judge, clock);
  const hearing = { ...unrecordedHearing(), secret: secretOf(judging.nonce, dialogueId(key)) };
  const judgement = await judgeAttempt(judge, scenario, attempt, hearing);
  await store.saveAttempt(id, key, attempt, judgement && { judging: judging.id, judgement });
  return key;
}
