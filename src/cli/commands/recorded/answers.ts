import { Command } from 'commander';
import { answersIn } from '../../../runs/recorded/prompt-files.js';
import { makeRecording } from '../../../runs/recorded/make-recording.js';
import { interruptible } from '../../interruptible.js';
import {
  dialogueWords,
  withDialogueFlags,
  withDialogues,
  type DialogueFlags,
} from './dialogues.js';
import { tellMade } from './tell-made.js';

interface AnswerFlags extends DialogueFlags {
  readonly from: string;
  readonly model?: string;
}

export function answersCommand(): Command {
  const command = new Command('answers')
    .description('read answers back into a recording; remove what nobody asks any more')
    .argument('<folder>', 'folder of the recording')
    .requiredOption('--from <dir>', 'folder that recorded prompts wrote')
    .option('--model <name>', 'the model that answered (default: as before, else unnamed)');
  return withDialogueFlags(command)
    .addHelpText(
      'after',
      `
The data card will say that a language model answered each prompt on its own, saw nothing else (no
labels, no other verdict), and that nothing was edited: read back no answer of which that is not true.
An answer with a flaw is kept and asked again: the next recorded prompts writes what asks again.
Give the same --run or --plan as to recorded prompts. Exit status: 3 where something is missing still.
Examples:
  matrix-sim recorded answers datasets/recorded/tour --from asked
  matrix-sim recorded answers my-recording --run r-2026-11-24-1 --from asked --model some-model`,
    )
    .action(answers);
}

async function answers(folder: string, flags: AnswerFlags): Promise<void> {
  const given = answersIn(flags.from);
  await withDialogues(folder, flags, async ({ source, library: { taxonomy } }) => {
    const made = await interruptible((interrupts) =>
      makeRecording(source, {
        ...interrupts,
        ...given,
        folder,
        taxonomy,
        model: flags.model,
        concurrency: 1,
        clock: () => new Date(),
      }),
    );
    const wayOn = `npx matrix-sim recorded prompts ${folder} --out ${flags.from}${dialogueWords(flags)}`;
    tellMade(folder, made, { json: flags.json, wayOn });
  });
}
