import type { NamedSpec } from '../agents/under-test/open-agent.js';
import type { CallJournal } from '../calls/recording.js';
import type { Clock } from '../determinism.js';
import { planSchema } from '../plan/plan.js';
import type { BehvJudge } from '../judge/behv-judge.js';
import type { ChatModel } from '../models/chat-model.js';
import type { Logger } from '../logger.js';
import { judgeDialogue, judgingRecording } from '../runs/judging/judge-dialogue.js';
import { openJudging, type OpenJudging } from '../runs/judging/judging-of.js';
import type { Library } from '../runs/library.js';
import { contentsOf } from '../runs/planning/contents.js';
import { newRecord } from '../runs/planning/new-record.js';
import { judgedDialogueOf } from '../runs/judging/judging-source.js';
import type { Attempt, DialogueKey } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';
import type { Chat } from './hold-chat.js';
import { withOwnCue } from './own-words.js';

export interface ChatRecord {
  readonly id: string;
  readonly agent: NamedSpec;
  readonly patient: string;
  /** Specs of the jurors. */
  readonly judges: readonly string[];
}

/** What a chat is kept and judged with. */
export interface ChatKeeping {
  readonly store: RunStore;
  readonly judge: BehvJudge;
  /** Reads whether a person's own words are the cue; undefined where no juror understands text. */
  readonly reader: ChatModel | undefined;
  readonly library: Library;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Ends calls in flight with its reason; what they were answered before is kept. */
  readonly signal: AbortSignal;
}

/** A chat that is in the store, as a run of one dialogue, which report and show read. */
export interface StoredChat {
  readonly run: string;
  readonly key: DialogueKey;
  readonly judging: OpenJudging;
  readonly journal: (take: number) => CallJournal;
}

/** Puts a chat into the store before its first line is spoken. @throws MatrixError where the id is taken */
export async function beginChat(
  { scenario, casting, maxTurns }: Pick<Chat, 'scenario' | 'casting' | 'maxTurns'>,
  { id, agent, patient, judges }: ChatRecord,
  { store, judge, library, clock }: Omit<ChatKeeping, 'signal' | 'reader'>,
): Promise<StoredChat> {
  const [seed] = casting.labels;
  const plan = planSchema.parse({
    agents: [`${agent.name}=${agent.spec}`],
    scenarios: [scenario.id],
    seed,
    maxTurns,
    patient,
    judges: [...judges],
  });
  const contents = contentsOf(library, []);
  const key = { scenario: scenario.id, agent: agent.name, repeat: 1 };
  await store.createRun(newRecord({ id, plan, agents: [agent], planned: 1, contents }, clock));
  await store.beginDialogue(id, key);
  const judging = await openJudging(store, id, judge, clock);
  return { run: id, key, judging, journal: (take) => store.journal(id, key, { take }) };
}

/**
 * Stores what was said, then judges it.
 * @returns false where a juror could not be asked: the chat stays unjudged
 */
export async function concludeChat(
  attempt: Attempt,
  scenario: Chat['scenario'],
  { run, key, judging }: StoredChat,
  keeping: ChatKeeping,
): Promise<boolean> {
  const read = await readByJuror(attempt, scenario, { run, key, judging }, keeping);
  await keeping.store.saveAttempt(run, key, read);
  const task = { key, dialogueFor: () => judgedDialogueOf(read, scenario) };
  return judgeDialogue(task, { ...keeping, run, judging });
}

async function readByJuror(
  attempt: Attempt,
  scenario: Chat['scenario'],
  { run, key, judging }: Omit<StoredChat, 'journal'>,
  { reader, store, signal }: ChatKeeping,
): Promise<Attempt> {
  const { standing, persona } = attempt;
  if (!reader || standing !== 'valid' || persona) return attempt;
  const recording = await judgingRecording(key, { run, judging, store });
  return withOwnCue(attempt, scenario, reader, recording, signal);
}
