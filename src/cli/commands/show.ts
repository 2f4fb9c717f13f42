import { Command } from 'commander';
import { renderCalls, type SittingCalls } from '../../report/render-calls.js';
import { renderDialogue } from '../../report/render-transcript.js';
import { dialogueId, type DialogueKey } from '../../store/run-record.js';
import type { RunStore } from '../../store/run-store.js';
import { PLAIN_NAME } from '../../plain-name.js';
import { loadTaxonomy } from '../../taxonomy/load-taxonomy.js';
import { noDialogue, parseDialogueId } from '../dialogue-name.js';
import { print, printJson } from '../output.js';
import { findJudging, findRun, STORE_OPTION, withStore } from '../store-option.js';
import { madeWith } from '../made-with.js';
import { showFailures } from './report.js';

interface ShowFlags {
  readonly store: string;
  readonly judging?: string;
  readonly taxonomy?: string;
  readonly calls?: boolean;
  readonly json?: boolean;
}

export function showCommand(): Command {
  return new Command('show')
    .description(
      'One dialogue: its turns, with labels and evidence under them; of a run, its failures.',
    )
    .argument('<dialogue>', 'RUN/SCENARIO/AGENT/REPEAT, or RUN')
    .option(...STORE_OPTION)
    .option('--judging <id>', 'an earlier judging of the run')
    .option('--taxonomy <folder>', 'a taxonomy (default: as the run was made)')
    .option('--calls', 'what each role was asked and answered, instead of the transcript')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  matrix-sim show r-2026-11-24-1/H01-D01/rushed/1\n  matrix-sim show r-2026-11-24-1/H01-D01/bot/1 --calls',
    )
    .action(show);
}

async function show(id: string, flags: ShowFlags): Promise<void> {
  if (PLAIN_NAME.test(id)) {
    return withStore(flags.store, (store) => showFailures(store, id, flags));
  }
  const { run, key } = parseDialogueId(id);
  await withStore(flags.store, async (store) => {
    const taxonomy = loadTaxonomy(madeWith(await findRun(store, run), flags).taxonomy);
    const judging = await findJudging(store, run, flags.judging);
    const dialogue = await store.dialogue(run, key, judging?.id);
    if (!dialogue) throw noDialogue(run, dialogueId(key));
    if (flags.calls) return showCalls(await sittingsOf(store, run, key), flags.json ?? false);
    if (flags.json) printJson({ run, id: dialogueId(key), judging: judging?.id, ...dialogue });
    else print(renderDialogue(run, dialogue, taxonomy));
  });
}

async function sittingsOf(store: RunStore, run: string, key: DialogueKey): Promise<SittingCalls[]> {
  const sittings: SittingCalls[] = [];
  for (const sitting of await store.sittings(run, key)) {
    sittings.push({ sitting, calls: await store.calls(run, key, sitting) });
  }
  return sittings;
}

function showCalls(sittings: readonly SittingCalls[], json: boolean): void {
  const all = ({ sitting, calls }: SittingCalls) => calls.map((call) => ({ ...sitting, ...call }));
  if (json) printJson(sittings.flatMap(all));
  else print(renderCalls(sittings));
}
