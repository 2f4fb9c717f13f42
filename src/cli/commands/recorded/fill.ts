import { Command } from 'commander';
import { createLogger } from '../../../logger.js';
import { parseModelSpec } from '../../../models/model-spec.js';
import { planSchema } from '../../../plan/plan.js';
import { validate } from '../../../read-file.js';
import { openRunModels } from '../../../runs/holding/run-models.js';
import { makeRecording } from '../../../runs/recorded/make-recording.js';
import { interruptible } from '../../interruptible.js';
import { whole } from '../../option-values.js';
import { withDialogueFlags, withDialogues, type DialogueFlags } from './dialogues.js';
import { tellMade } from './tell-made.js';

interface FillFlags extends DialogueFlags {
  readonly judge: string;
  readonly concurrency?: number;
}

export function fillCommand(): Command {
  const command = new Command('fill')
    .description('ask a model what a recording lacks; remove what nobody asks any more')
    .argument('<folder>', 'folder of the recording')
    .requiredOption('--judge <spec>', 'who answers: openai:MODEL, google:MODEL or langchain:…')
    .option('--concurrency <n>', 'dialogues heard at one time (default: 8)', whole);
  return withDialogueFlags(command)
    .addHelpText(
      'after',
      `
Each answer is on disk before the next is asked for: the same command goes on where it was cut off.
Exit status: 3 where something is missing still.
Examples:
  matrix-sim recorded fill datasets/recorded/tour --judge openai:gpt-5-mini
  matrix-sim recorded fill my-recording --judge google:gemini-2.5-pro --run r-2026-11-24-1`,
    )
    .action(fill);
}

async function fill(folder: string, flags: FillFlags): Promise<void> {
  const { provider, integration, model: bare } = parseModelSpec(flags.judge);
  const plan = validate({ concurrency: flags.concurrency }, 'command line', planSchema);
  const { models } = openRunModels(plan, createLogger(undefined));
  const model = await models.open(flags.judge);
  await withDialogues(folder, flags, async ({ source, library: { taxonomy } }) => {
    const made = await interruptible((interrupts) =>
      makeRecording(source, {
        ...interrupts,
        folder,
        taxonomy,
        // Where its server stands is nobody's business who reads the data card.
        model: [provider, integration, bare].filter((part) => part !== '').join(':'),
        concurrency: plan.concurrency,
        clock: () => new Date(),
        supply: async ({ prompt, request }, signal) => {
          const { text, finish } = await model.complete(request, signal);
          return { prompt, text, finish };
        },
      }),
    );
    tellMade(folder, made, { json: flags.json, wayOn: 'the same command' });
  });
}
