import { Command } from 'commander';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { toVerdictLine } from '../../../judge/verdict-line.js';
import { labelledDialogueSchema, readJsonLines } from '../../../labelled/labelled-dialogue.js';
import { renderReport } from '../../../report/render-summary.js';
import { summariseStored } from '../../../report/summarise-stored.js';
import { DEFAULT_STORE } from '../../../store/run-record.js';
import { judgeTranscripts } from '../../../runs/judge-transcripts.js';
import { deterministicJudge, hazardFinder, loadLibrary } from '../../../runs/library.js';
import { nextRunId } from '../../../runs/start-run.js';
import { print, printJson, Progress } from '../../output.js';
import { STORE_OPTION, withNewStore } from '../../store-option.js';

interface JudgeRunFlags {
  readonly hazard?: string;
  readonly out?: string;
  readonly runId?: string;
  readonly store: string;
  readonly json?: boolean;
}

const clock = () => new Date();

export function judgeRunCommand(): Command {
  return new Command('run')
    .description('judge transcripts from elsewhere; no scenario needed')
    .argument('<file>', 'transcripts (JSON Lines; see datasets import)')
    .option(
      '--hazard <id>',
      'the hazard at stake in all of them, or none (default: found from the text)',
    )
    .option('--out <file>', 'write the verdicts (JSON Lines)')
    .option('--run-id <id>', 'name of the run')
    .option(...STORE_OPTION)
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  matrix-sim judge run production.jsonl --out verdicts.jsonl',
    )
    .action(judgeRun);
}

async function judgeRun(file: string, flags: JudgeRunFlags): Promise<void> {
  const library = loadLibrary();
  const transcripts = readJsonLines(file, labelledDialogueSchema).map((transcript) =>
    flags.hazard === undefined ? transcript : { ...transcript, hazard: flags.hazard },
  );
  await withNewStore(flags.store, async (store) => {
    const out = flags.out === undefined ? undefined : createWriteStream(flags.out);
    const progress = new Progress(transcripts.length, 'judging');
    const run = await judgeTranscripts(transcripts, {
      id: flags.runId ?? (await nextRunId(store, clock)),
      source: path.basename(file),
      store,
      judge: deterministicJudge(library.taxonomy),
      findHazards: hazardFinder(),
      library,
      clock,
      onJudged: ({ id }, verdicts) => {
        progress.step();
        out?.write(`${JSON.stringify(toVerdictLine(id, verdicts))}\n`);
        return Promise.resolve();
      },
    });
    progress.end();
    await new Promise<void>((resolve) => (out ? out.end(resolve) : resolve()));
    const judging = (await store.judgings(run.id)).at(-1);
    const summary = await summariseStored(store, run, judging, library.taxonomy);
    if (flags.json) printJson(summary);
    else
      print([
        ...renderReport(summary, library.taxonomy),
        '',
        `Next:   npx matrix-sim report ${run.id}${flags.store === DEFAULT_STORE ? '' : ` --store ${flags.store}`}`,
      ]);
  });
}
