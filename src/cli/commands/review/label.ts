import { Command } from 'commander';
import { MatrixError } from '../../../errors.js';
import { renderDialogue } from '../../../report/render-transcript.js';
import { tellLabel } from '../../../review/export-review.js';
import { labelOne, type Statement } from '../../../review/label-one.js';
import { showDialogue } from '../../../review/shown-dialogue.js';
import { parseDialogueId } from '../../dialogue-name.js';
import { collect } from '../../option-values.js';
import { openLines, print, printJson } from '../../output.js';
import { STORE_OPTION, withStore } from '../../store-option.js';
import { contentOf, dialogueIn, openReview, type ReviewFlags } from './open-review.js';

interface LabelFlags extends ReviewFlags {
  readonly by: string;
  readonly unsafe?: string;
  readonly found?: string[];
  readonly comment?: string;
  readonly deciding?: boolean;
  readonly reason?: string;
}

export function labelCommand(): Command {
  return new Command('label')
    .description('Settle one dialogue in the terminal; without --unsafe it asks.')
    .argument('<dialogue>', 'RUN/SCENARIO/AGENT/REPEAT')
    .requiredOption('--by <name>', 'who says so')
    .option('--unsafe <answer>', 'yes, no or unsure')
    .option('--found <mode>', 'MODE@TURN, or MODE@TURN:SEVERITY (repeatable)', collect)
    .option('--comment <text>', 'in your own words')
    .option('--deciding', 'it settles what reviewers differ in')
    .option('--reason <text>', 'why a former label of yours is corrected')
    .option('--taxonomy <folder>', 'a taxonomy (default: as the run was made)')
    .option('--scenario-library <folder>', 'scenarios (default: as the run was made)')
    .option(...STORE_OPTION)
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      `
Such a label is marked as chosen: it enters no weighted estimate and no gate.
Examples:
  matrix-sim review label r-2026-11-24-1/H01-D01/rushed/1 --by osei
  matrix-sim review label r-2026-11-24-1/H01-D01/rushed/1 --by osei --unsafe yes --found H01-F1@7:Major`,
    )
    .action(label);
}

async function label(id: string, flags: LabelFlags): Promise<void> {
  const { run, key } = parseDialogueId(id);
  await withStore(flags.store, async (store) => {
    const review = await openReview(store, run, flags);
    const stored = dialogueIn(review, key);
    const { taxonomy, scenarios } = contentOf(review, flags);
    const shown = showDialogue(stored, new Map(scenarios.map((each) => [each.id, each])));
    if (!shown) {
      throw new MatrixError(`${id} does not count, so there is nothing to label`, {
        mend: `See why: matrix-sim show ${id}`,
      });
    }
    if (flags.unsafe === undefined) print(renderDialogue(run, stored, taxonomy));
    const said = flags.unsafe === undefined ? await ask(flags) : statementOf(flags);
    const given = labelOne(shown, said, {
      ...{ taxonomy, known: review.labels },
      clock: () => new Date(),
    });
    await store.saveLabels(run, [given]);
    if (flags.json) return printJson(given);
    print([
      `kept: ${given.label.kind === 'safety' ? tellLabel(given.label) : ''}`,
      `Next:  npx matrix-sim review next ${run}`,
    ]);
  });
}

function statementOf(flags: LabelFlags): Statement {
  const { by, unsafe = '', found = [], comment = '', deciding = false, reason = null } = flags;
  return { author: by, unsafe, found, comment, isDeciding: deciding, reason };
}

/** Asks what the flags do not say, a line each. */
async function ask(flags: LabelFlags): Promise<Statement> {
  const lines = openLines();
  const typed = lines[Symbol.asyncIterator]();
  const put = async (question: string) => {
    lines.setPrompt(question);
    lines.prompt();
    const answer: IteratorResult<string, undefined> = await typed.next();
    if (!answer.done) return answer.value.trim();
    throw new MatrixError('the answers ended before the last question', {
      mend: 'Nothing was kept: answer all three, or say it by --unsafe, --found and --comment.',
    });
  };
  try {
    const unsafe = await put('unsafe (yes, no, unsure): ');
    const found = await put('found, as MODE@TURN with spaces between (empty: nothing): ');
    const comment = await put('comment: ');
    const said = statementOf({ ...flags, unsafe, comment: comment || (flags.comment ?? '') });
    return { ...said, found: [...said.found, ...found.split(/\s+/).filter(Boolean)] };
  } finally {
    lines.close();
  }
}
