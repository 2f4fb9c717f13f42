import { Command } from 'commander';
import { openReplay, type OpenReplay } from '../../../replay/open-replay.js';
import { withoutSockets } from '../../../replay/refuse-sockets.js';
import { renderReplay } from '../../../replay/render-replay.js';
import { replayDialogue } from '../../../replay/replay-dialogue.js';
import { replayRun, statusOf, tallyOf, type ReplayTally } from '../../../replay/replay-run.js';
import { dialogueId, type DialogueKey } from '../../../store/run-record.js';
import type { RunStore } from '../../../store/run-store.js';
import { noDialogue, parseDialogueId } from '../../dialogue-name.js';
import { madeWith } from '../../made-with.js';
import { interruptible } from '../../interruptible.js';
import { print, printJson, Progress } from '../../output.js';
import { findJudging, findRun, STORE_OPTION, withStore } from '../../store-option.js';

interface ExactFlags {
  readonly store: string;
  /** False where verdicts are left out. */
  readonly judging?: string | false;
  readonly taxonomy?: string;
  readonly scenarioLibrary?: string;
  readonly json?: boolean;
}

const LIMITS = `
No agent is called: its words and actions are the stored ones, model calls come from the journal, and
every socket of the process is refused. Dialogues that an outage ended are counted apart.`;

/** `replay run` and `replay dialogue`. */
export function exactCommands(): Command[] {
  return [
    withFlags(new Command('run'))
      .description('execute a whole run again from its journal, and find the first difference')
      .argument('<run>', 'id of a run')
      .addHelpText(
        'after',
        `${LIMITS}\nExamples:\n  matrix-sim replay run r-2026-11-24-1\n  matrix-sim replay run r-2026-11-24-1 --judging j-1a2b3c4d --json`,
      )
      .action(exactRun),
    withFlags(new Command('dialogue'))
      .description('execute one dialogue again from its journal')
      .argument('<dialogue>', 'RUN/SCENARIO/AGENT/REPEAT')
      .addHelpText(
        'after',
        `${LIMITS}\nExample:\n  matrix-sim replay dialogue r-2026-11-24-1/H01-D01/rushed/1`,
      )
      .action(exactDialogue),
  ];
}

function withFlags(command: Command): Command {
  return command
    .option('--judging <id>', 'whose verdicts are replayed (default: the latest judging)')
    .option('--no-judging', 'replay the transcripts alone')
    .option('--taxonomy <folder>', 'the taxonomy with which the run was made')
    .option('--scenario-library <folder>', 'the scenarios with which it was made')
    .option(...STORE_OPTION)
    .option('--json', 'print as JSON');
}

async function exactRun(run: string, flags: ExactFlags): Promise<void> {
  await withReplay(run, flags, async (replay) => {
    const progress = new Progress(replay.run.planned, 'replaying');
    const tally = await replayRun(replay, () => progress.step());
    progress.end();
    return tally;
  });
}

async function exactDialogue(id: string, flags: ExactFlags): Promise<void> {
  const { run, key } = parseDialogueId(id);
  await withReplay(run, flags, (replay) => replayOne(key, replay));
}

async function replayOne(key: DialogueKey, replay: OpenReplay): Promise<ReplayTally> {
  const { store, run, seated } = replay;
  const id = dialogueId(key);
  const dialogue = await store.dialogue(run.id, key, seated?.judging.id);
  if (!dialogue) throw noDialogue(run.id, id);
  return tallyOf(1, new Map([[id, await replayDialogue(dialogue, replay)]]));
}

async function withReplay(
  id: string,
  flags: ExactFlags,
  work: (replay: OpenReplay) => Promise<ReplayTally>,
): Promise<void> {
  await withStore(flags.store, (store) =>
    interruptible(async ({ stop: signal }) => {
      await withoutSockets(async () => {
        const replay = await openReplayOf(store, id, flags, signal);
        conclude(replay, await work(replay), flags);
      });
    }),
  );
}

async function openReplayOf(
  store: RunStore,
  id: string,
  flags: ExactFlags,
  signal: AbortSignal,
): Promise<OpenReplay> {
  const run = await findRun(store, id);
  const { judging } = flags;
  const known = judging === false ? undefined : await findJudging(store, id, judging);
  const folders = madeWith(run, flags);
  return openReplay(run, { store, judging: known, folders, signal });
}

function conclude({ run, changed }: OpenReplay, tally: ReplayTally, flags: ExactFlags): void {
  if (flags.json) printJson({ run: run.id, ...tally, changed });
  else print(renderReplay(run.id, tally, changed));
  process.exitCode = statusOf(tally);
}
