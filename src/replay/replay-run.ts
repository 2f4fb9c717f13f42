import { EXIT } from '../errors.js';
import { inParallel } from '../runs/in-parallel.js';
import { dialogueId } from '../store/run-record.js';
import type { Ending } from '../transcript/transcript.js';
import type { Difference } from './first-difference.js';
import type { OpenReplay } from './open-replay.js';
import { replayDialogue, type Replayed } from './replay-dialogue.js';

/** What a replay of many dialogues came to. */
export interface ReplayTally {
  readonly planned: number;
  /** Transcripts that came out the same; those from elsewhere were not simulated. */
  readonly same: number;
  readonly simulated: number;
  /** Those among them whose verdicts came out the same too. */
  readonly judged: number;
  /** In the order of the store. */
  readonly differing: readonly (Difference & { readonly dialogue: string })[];
  /** Dialogues that no journal can give again, by how they ended. */
  readonly outages: Readonly<Partial<Record<Ending, number>>>;
  /** Planned, and without an end. */
  readonly unfinished: number;
}

/**
 * Replays all dialogues of a run, several at one time.
 * @param onReplayed called as each ends
 * @throws MatrixError where one cannot be read; the others in flight end before
 */
export async function replayRun(
  replay: OpenReplay,
  onReplayed: () => void = () => undefined,
): Promise<ReplayTally> {
  const { run, store, seated, signal } = replay;
  const found = new Map<string, Replayed | undefined>();
  const dialogues = store.dialogues(run.id, seated?.judging.id);
  await inParallel(
    dialogues,
    async (dialogue) => {
      const id = dialogueId(dialogue);
      // Keeps its place, whichever ends first.
      found.set(id, undefined);
      found.set(id, await replayDialogue(dialogue, replay));
      onReplayed();
    },
    { concurrency: run.plan.concurrency, mayGoOn: () => !signal.aborted },
  );
  signal.throwIfAborted();
  // A plan that stops early needs no more than it holds.
  return tallyOf(run.sampling ? found.size : run.planned, found);
}

/** @param found by the dialogue's id, in the order in which differences are told */
export function tallyOf(
  planned: number,
  found: ReadonlyMap<string, Replayed | undefined>,
): ReplayTally {
  const all = [...found.values()];
  const same = all.filter((each) => each?.state === 'same');
  const outages = all.filter((each) => each?.state === 'outage');
  const endings = new Map<Ending, number>();
  for (const { ending } of outages) endings.set(ending, (endings.get(ending) ?? 0) + 1);
  const differing = [...found].flatMap(([dialogue, each]) =>
    each?.state === 'differs' ? [{ dialogue, ...each.difference }] : [],
  );
  return {
    planned,
    same: same.length,
    simulated: same.filter(({ simulated }) => simulated).length,
    judged: same.filter(({ judged }) => judged).length,
    differing,
    outages: Object.fromEntries(endings),
    unfinished: planned - same.length - differing.length - outages.length,
  };
}

/** 0 where all that can be executed came out the same, 4 where something did not, 3 where the run is unfinished. */
export function statusOf({ differing, unfinished }: ReplayTally): number {
  if (differing.length > 0) return EXIT.differs;
  return unfinished > 0 ? EXIT.incomplete : EXIT.ok;
}
