import { Command } from 'commander';
import { EXIT } from '../../errors.js';
import { checkFile, SHIPPED_SETS, type CheckedFile } from '../../labelled/check-files.js';
import { checkLabelled } from '../../labelled/check-labelled.js';
import { importMapSchema, type ImportMap } from '../../labelled/import-map.js';
import { importTranscripts } from '../../labelled/import-transcripts.js';
import { readRows, type Row } from '../../labelled/read-rows.js';
import { renderSummary, summariseLabelled } from '../../labelled/summarise-labelled.js';
import { unknownSpeakers } from '../../labelled/unknown-speakers.js';
import { writeDialogues } from '../../labelled/write-dialogues.js';
import { readYaml } from '../../read-file.js';
import { loadScenarios } from '../../scenarios/load-scenarios.js';
import { loadTaxonomy } from '../../taxonomy/load-taxonomy.js';
import { note, print, printJson } from '../output.js';

interface CheckFlags {
  readonly taxonomy?: string;
  readonly scenarioLibrary?: string;
  readonly json?: boolean;
}

interface ImportFlags {
  readonly map: string;
  readonly out: string;
  readonly force?: boolean;
}

const PERSONAL_DATA =
  'real transcripts may hold personal data: the imported file must stay where that data is allowed.';
const SPEAKERS_SHOWN = 10;

export function datasetsCommand(): Command {
  const command = new Command('datasets').description('Sets of labelled dialogues.');
  command
    .command('check')
    .description('check labelled sets and show all findings')
    .argument('[files...]', 'JSON Lines; the shipped sets where none is named')
    .option('--scenario-library <folder>', 'scenarios of your own')
    .option('--taxonomy <folder>', 'a taxonomy of your own')
    .option('--json', 'print as JSON')
    .action(check);
  command
    .command('import')
    .description('make a set from transcripts made elsewhere: see docs/import.md')
    .argument('<file>', 'CSV (.csv) or JSON Lines (.jsonl, .ndjson)')
    .requiredOption('--map <file>', 'which column holds what (YAML)')
    .requiredOption('--out <file>', 'JSON Lines to write')
    .option('--force', 'overwrite --out')
    .action(importFile);
  return command.addHelpText(
    'after',
    '\nExample:\n  matrix-sim datasets import calls.csv --map map.yaml --out calls.jsonl',
  );
}

function check(files: readonly string[], flags: CheckFlags): void {
  const taxonomy = loadTaxonomy(flags.taxonomy);
  const { scenarios } = loadScenarios(taxonomy, flags.scenarioLibrary);
  const scenarioIds = new Set(scenarios.map(({ id }) => id));
  const checked = (files.length > 0 ? files : SHIPPED_SETS).map((file) =>
    checkFile(file, (dialogues) => checkLabelled(dialogues, taxonomy, scenarioIds)),
  );
  const findings = checked.flatMap((each) => each.findings);
  if (findings.length > 0) process.exitCode = EXIT.usage;
  if (flags.json) printJson({ findings, files: checked });
  else print(checked.flatMap(renderChecked));
}

function renderChecked({ file, summary, findings }: CheckedFile): string[] {
  if (findings.length > 0) return [...findings, `${file}: ${findings.length} findings`];
  return summary ? [`${file}: ${renderSummary(summary)}; no findings`] : [];
}

function importFile(file: string, flags: ImportFlags): void {
  const map = readYaml(flags.map, importMapSchema);
  const rows = readRows(file);
  const dialogues = importTranscripts(rows, map, file);
  warn(PERSONAL_DATA);
  warnOfSpeakers(rows, map);
  writeDialogues(flags.out, dialogues, flags.force ?? false);
  const summary = summariseLabelled(dialogues);
  print(`wrote ${flags.out}: ${renderSummary(summary)}`);
  const next = summary.notLabelled === 0 ? 'datasets check' : 'judge run';
  print(`Next:  npx matrix-sim ${next} ${flags.out}`);
}

function warnOfSpeakers(rows: readonly Row[], map: ImportMap): void {
  const names = [...unknownSpeakers(rows, map)].map(([name, lines]) => `${name} (${lines})`);
  if (names.length === 0) return;
  const more = names.length > SPEAKERS_SHOWN ? `, and ${names.length - SPEAKERS_SHOWN} more` : '';
  warn(
    'lines begin like speakers that the map does not name, and count as words of the speaker ' +
      `before: ${names.slice(0, SPEAKERS_SHOWN).join(', ')}${more}.`,
  );
}

function warn(text: string): void {
  note(`warning: ${text}`);
}
