import path from 'node:path';
import { Command, Option } from 'commander';
import { listFailures, renderFailures, renderOpen } from '../../report/failure-list.js';
import { changesBetween } from '../../report/moved-verdicts.js';
import { groupHarms, renderHarmGroups } from '../../report/other-harms.js';
import { renderChanges } from '../../report/render-moved-verdicts.js';
import { renderReport } from '../../report/render-report.js';
import { storeFlag } from '../../report/render-way-on.js';
import type { RunSummary } from '../../report/summarise-run.js';
import { summariseStored } from '../../report/summarise-stored.js';
import type { Undecided } from '../../report/junit.js';
import { writeReports } from '../../report/write-reports.js';
import type { RunStore } from '../../store/run-store.js';
import { loadTaxonomy, type Taxonomy } from '../../taxonomy/load-taxonomy.js';
import { SEVERITIES, type Severity } from '../../taxonomy/severity.js';
import { JUNIT_OPTION, junitUndecidedOption } from '../junit-option.js';
import { judgingsToCompare } from '../judgings-to-compare.js';
import { columns, print, printJson } from '../output.js';
import { findJudging, findRun, STORE_OPTION, withStore } from '../store-option.js';
import { madeWith } from '../made-with.js';
import { writeReportPage, type PageFlags } from '../write-report-page.js';
import { calibrate, renderCalibrated, type CalibrationFlags } from './calibration.js';

interface ReportFlags extends CalibrationFlags {
  readonly store: string;
  readonly judging?: string;
  readonly against?: string;
  readonly failures?: boolean;
  readonly open?: boolean;
  readonly severity?: string;
  readonly agent?: string;
  readonly other?: boolean;
  readonly junit?: string;
  readonly junitUndecided?: Undecided;
  readonly markdown?: string;
  readonly html?: string;
  readonly force?: boolean;
  readonly scenarioLibrary?: string;
  readonly json?: boolean;
}

export function reportCommand(): Command {
  return new Command('report')
    .description('What a run came to: counts, rates with what is unknown beside them, failures.')
    .argument('<run>', 'id of the run')
    .option(...STORE_OPTION)
    .option('--judging <id>', 'an earlier judging of the run')
    .option(
      '--against <id>',
      'what --judging (else the latest) changed since this judging; with --html also RUN or RUN/AGENT, to compare with',
    )
    .option('--taxonomy <folder>', 'a taxonomy (default: as the run was made)')
    .option('--failures', 'list the failures, gravest first, with their words')
    .option('--open', 'with --failures: what nobody has decided, in their place')
    .addOption(
      new Option('--severity <class>', 'with --failures: of this severity or graver').choices(
        SEVERITIES.map((severity) => severity.toLowerCase()),
      ),
    )
    .option('--agent <name>', 'with --failures: of this agent')
    .option('--other', 'harms that jurors saw and the taxonomy lacks, grouped')
    .option('--calibrated', 'with what reviewers’ labels make of the rates, and of the judge')
    .option(...JUNIT_OPTION)
    .addOption(junitUndecidedOption())
    .option('--markdown <file>', 'write a summary as Markdown, as for $GITHUB_STEP_SUMMARY')
    .option('--html <file>', 'write one page to read in a browser, with figures and transcripts')
    .option('--force', 'with --html: overwrite the file')
    .option('--scenario-library <folder>', 'with --html: scenarios (default: as the run was made)')
    .option('--measured-on <run>', 'with --calibrated: by reviewers’ labels of this other run')
    .option('--gate <bounds>', 'with --calibrated: sensitivity=0.9,specificity=0.8,labels=2')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      `
Examples:
  matrix-sim report r-2026-11-24-1 --json
  matrix-sim report r-2026-11-24-1 --junit results.xml --markdown "$GITHUB_STEP_SUMMARY"
  matrix-sim report r-2026-11-24-1 --failures --severity major --agent rushed
  matrix-sim report r-2026-11-24-1 --failures --open
  matrix-sim report r-2026-11-24-1 --html report.html
  matrix-sim report r-2026-11-27-1 --html report.html --against r-2026-11-24-1/old-bot
  matrix-sim report r-2026-11-24-1 --calibrated --gate sensitivity=0.95
  matrix-sim report r-2026-11-24-2 --calibrated --measured-on r-2026-11-24-1
  matrix-sim report r-2026-11-24-1 --judging j-5f02aa17 --against j-49e05d79`,
    )
    .action(report);
}

async function report(id: string, flags: ReportFlags): Promise<void> {
  await withStore(flags.store, async (store) => {
    if (flags.html !== undefined) return showPage(store, id, { ...flags, html: flags.html });
    if (flags.failures || flags.open) return showFailures(store, id, flags);
    const run = await findRun(store, id);
    const taxonomy = loadTaxonomy(madeWith(run, flags).taxonomy);
    if (flags.against !== undefined) {
      return showChanges(store, id, { ...flags, against: flags.against, taxonomy });
    }
    const judging = await findJudging(store, id, flags.judging);
    const summary = await summariseStored(store, run, judging, taxonomy);
    await writeReports(store, summary, flags, { taxonomy, at: flags.store });
    if (flags.other) return showOthers(id, summary, flags.json ?? false);
    const { validity } = summary;
    const judgeValidity = validity.length > 0 ? validity : 'not measured';
    const calibrated = await calibrate(store, run, judging, taxonomy, flags);
    if (flags.json) return printJson({ ...summary, judgeValidity, ...calibrated });
    print([
      ...renderReport(summary, taxonomy, columns(), flags.store),
      ...renderCalibrated(calibrated),
    ]);
  });
}

async function showPage(
  store: RunStore,
  id: string,
  flags: PageFlags & ReportFlags,
): Promise<void> {
  const bytes = await writeReportPage(store, id, flags);
  const file = path.resolve(flags.html);
  if (flags.json) printJson({ file, bytes });
  else print([`wrote ${file}, ${(bytes / 1e6).toFixed(1)} MB: open it in a browser`]);
}

/** What changed between two judgings of a run, each verdict with both rationales. */
async function showChanges(
  store: RunStore,
  run: string,
  flags: Omit<ReportFlags, 'taxonomy'> & { readonly against: string; readonly taxonomy: Taxonomy },
): Promise<void> {
  const { against, taxonomy } = flags;
  const { before, after } = await judgingsToCompare(store, run, against, flags.judging);
  const ids = { before: before.id, after: after.id };
  const changes = await changesBetween(
    store.dialogues(run, before.id),
    store.dialogues(run, after.id),
  );
  if (flags.json) return printJson({ run, ...ids, ...changes });
  const where = storeFlag(flags.store);
  print(renderChanges(changes, { run, ...ids, taxonomy, columns: columns(), where }));
}

/** Of a run as one judging sees it; the list of `show RUN` too. */
export async function showFailures(
  store: RunStore,
  id: string,
  flags: Omit<ReportFlags, 'failures' | 'other'>,
): Promise<void> {
  const run = await findRun(store, id, flags.agent);
  const judging = await findJudging(store, id, flags.judging);
  const severity = SEVERITIES.find((known) => known.toLowerCase() === flags.severity);
  const listed = await listFailures(store.dialogues(run.id, judging?.id), { ...flags, severity });
  if (flags.json) return printJson(listed);
  const where = storeFlag(flags.store);
  const dialogues = new Set(listed.map(({ dialogue }) => dialogue)).size;
  const what = flags.open ? 'labels are open' : 'failures';
  print([
    `${listed.length} ${what} in ${dialogues} dialogues of run ${id}${filterWords(severity, flags.agent)}${judging ? '' : ' (not judged yet)'}`,
    ...(flags.open
      ? renderOpen(id, listed, where)
      : renderFailures(id, listed, loadTaxonomy(madeWith(run, flags).taxonomy), where)),
  ]);
}

function filterWords(severity: Severity | undefined, agent: string | undefined): string {
  return `${severity ? `, ${severity} or graver` : ''}${agent === undefined ? '' : `, of ${agent}`}`;
}

function showOthers(run: string, { judged }: RunSummary, json: boolean): void {
  const groups = groupHarms(judged.others);
  if (json) printJson(groups);
  else print(renderHarmGroups(run, groups));
}
