import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import { randomFrom } from '../../determinism.js';
import { createLogger } from '../../logger.js';
import { assertShareable } from '../../queue/assert-shareable.js';
import { LEASE, runWorker } from '../../queue/worker.js';
import { workerId } from '../../queue/worker-id.js';
import { interruptible } from '../interruptible.js';
import { atLeastOne, seconds } from '../option-values.js';
import { note } from '../output.js';
import { STORE_OPTION, withNewStore } from '../store-option.js';

interface WorkerFlags {
  readonly store: string;
  readonly concurrency: number;
  readonly lease: number;
  readonly untilEmpty?: boolean;
  readonly log?: string;
}

export function workerCommand(): Command {
  return new Command('worker')
    .description(
      'Hold and judge dialogues that run --enqueue has queued, until it is told to stop.',
    )
    .option(...STORE_OPTION)
    .option('--concurrency <n>', 'dialogues held or judged at one time', atLeastOne, 4)
    .option(
      '--lease <s>',
      'seconds without a word of this worker after which others take its dialogues',
      seconds,
      LEASE,
    )
    .option('--until-empty', 'end once no job is left, here or elsewhere')
    .option('--log <file>', 'write a log of ids and events (JSON lines)')
    .addHelpText(
      'after',
      `
SIGTERM or Ctrl-C: it takes nothing more, ends what it has in flight, and exits with 0; a second one
ends calls at once, and others go on with the dialogues from what was answered.
Keys and files that a plan names must be here too; runs that lack them are left to other workers.

Examples:
  matrix-sim worker --store postgres://me@db.example/runs --concurrency 16
  matrix-sim worker --store postgres://me@db.example/runs --until-empty`,
    )
    .action(work);
}

async function work({ log, ...flags }: WorkerFlags): Promise<void> {
  assertShareable(flags.store);
  const id = workerId(randomFrom(randomUUID()));
  await withNewStore(flags.store, async (store) => {
    note(`worker ${id}`);
    let done = 0;
    await interruptible(
      (interrupts) =>
        runWorker({
          ...{ ...flags, ...interrupts, store, id },
          clock: () => new Date(),
          logger: createLogger(log),
          onAway: ({ message }) => note(`worker ${id} waits: ${message}`),
          onDone: () => (done += 1),
          onRefusal: (run, { message, mend }) =>
            note([`worker ${id} cannot take run ${run}: ${message}`, `  ${mend}`]),
        }),
      { signals: ['SIGINT', 'SIGTERM'] },
    );
    note(`worker ${id}: ${done} jobs done`);
  });
}
