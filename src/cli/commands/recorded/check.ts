import { Command } from 'commander';
import { EXIT } from '../../../errors.js';
import { readRecordedAnswers } from '../../../judge/recorded/recorded-answers.js';
import { hearDialogues } from '../../../runs/recorded/hear-dialogues.js';
import { RecordingDraft } from '../../../runs/recorded/recording-draft.js';
import { interruptible } from '../../interruptible.js';
import { print, printJson } from '../../output.js';
import { withDialogueFlags, withDialogues, type DialogueFlags } from './dialogues.js';

export function checkCommand(): Command {
  const command = new Command('check')
    .description('count what a recording lacks, and what it holds that nobody asks')
    .argument('<folder>', 'folder of the recording');
  return withDialogueFlags(command)
    .addHelpText(
      'after',
      `
Exit status: 4 where something is missing or is asked no more. A release needs 0.
Examples:
  matrix-sim recorded check datasets/recorded/tour
  matrix-sim recorded check my-recording --run r-2026-11-24-1`,
    )
    .action(check);
}

async function check(folder: string, flags: DialogueFlags): Promise<void> {
  const kept = readRecordedAnswers(folder);
  await withDialogues(folder, flags, async ({ source, library: { taxonomy } }) => {
    const draft = new RecordingDraft(kept);
    await interruptible((interrupts) =>
      hearDialogues(source, draft, taxonomy, { ...interrupts, concurrency: 1 }),
    );
    const { asked, stale } = draft;
    const missing = new Set(draft.lacking.map(({ key }) => key)).size;
    process.exitCode = missing + stale > 0 ? EXIT.differs : EXIT.ok;
    if (flags.json) printJson({ asked, missing, stale });
    else {
      print(
        `${missing} of ${asked} questions changed since they were recorded or were never asked; ${stale} answers are to none of them`,
      );
    }
  });
}
