import { Command } from 'commander';
import { hearDialogues } from '../../../runs/recorded/hear-dialogues.js';
import { recordedBefore } from '../../../runs/recorded/make-recording.js';
import { noncesIn, writePromptFiles } from '../../../runs/recorded/prompt-files.js';
import { RecordingDraft } from '../../../runs/recorded/recording-draft.js';
import { interruptible } from '../../interruptible.js';
import { print, printJson } from '../../output.js';
import {
  dialogueWords,
  withDialogueFlags,
  withDialogues,
  type DialogueFlags,
} from './dialogues.js';

interface PromptFlags extends DialogueFlags {
  readonly out: string;
}

export function promptsCommand(): Command {
  const command = new Command('prompts')
    .description('write what a recording lacks as files, for models that no key reaches')
    .argument('<folder>', 'folder of the recording')
    .requiredOption('--out <dir>', 'folder for prompts and answers');
  return withDialogueFlags(command)
    .addHelpText(
      'after',
      `
Each prompts/ID.json holds the messages as they are put, and the form of the answer. Put the answer,
and nothing else, into answers/ID.txt; then: matrix-sim recorded answers FOLDER --from DIR.
Examples:
  matrix-sim recorded prompts datasets/recorded/tour --out asked
  matrix-sim recorded prompts my-recording --run r-2026-11-24-1 --out asked`,
    )
    .action(prompts);
}

async function prompts(folder: string, flags: PromptFlags): Promise<void> {
  const { out } = flags;
  await withDialogues(folder, flags, async ({ source, library: { taxonomy } }) => {
    const draft = new RecordingDraft(recordedBefore(folder), { nonceFor: noncesIn(out) });
    await interruptible((interrupts) =>
      hearDialogues(source, draft, taxonomy, { ...interrupts, concurrency: 1 }),
    );
    const { asked, lacking } = draft;
    writePromptFiles(out, lacking);
    const again = lacking.filter((prompt) => prompt.again).length;
    if (flags.json) return printJson({ asked, missing: lacking.length, again });
    print([
      `${lacking.length} of ${asked} questions lack an answer, ${again} of them to be asked again: ${out}/prompts`,
      ...(lacking.length > 0
        ? [`Next:   npx matrix-sim recorded answers ${folder} --from ${out}${dialogueWords(flags)}`]
        : []),
    ]);
  });
}
