import { Command, Option } from 'commander';
import { MatrixError } from '../../errors.js';
import { judgeContents } from '../../judge/judge-contents.js';
import { riskCards, type RiskCards } from '../../report/risk-cards.js';
import { renderHazard } from '../../report/render-hazard.js';
import { textTable } from '../../report/text-table.js';
import { loadTaxonomy } from '../../taxonomy/load-taxonomy.js';
import { assertFree, writeWhole } from '../../whole-file.js';
import { madeWith } from '../made-with.js';
import { print, printJson } from '../output.js';
import { printFindings } from '../print-findings.js';
import { findJudging, findRun, STORE_OPTION, withStore } from '../store-option.js';

interface ExportFlags {
  readonly taxonomy?: string;
  readonly run?: string;
  readonly store: string;
  readonly judging?: string;
  readonly out?: string;
  readonly force?: boolean;
}

interface TaxonomyFlags {
  readonly taxonomy?: string;
  readonly json?: boolean;
}

export function taxonomyCommand(): Command {
  const command = new Command('taxonomy').description('The hazards and failure modes.');
  const sub = (name: string, text: string) =>
    command
      .command(name)
      .description(text)
      .option('--taxonomy <folder>', 'a taxonomy of your own')
      .option('--json', 'print as JSON');
  sub('list', 'all hazards with their failure modes, and the clinics').action(list);
  sub('show', 'one hazard or failure mode').argument('<id>', 'as H01 or H01-F2').action(show);
  sub('check', 'check every file and show all findings').action(check);
  addExport(command);
  return command.addHelpText(
    'after',
    `
Examples:
  matrix-sim taxonomy show H01
  matrix-sim taxonomy export --format riskcard --out cards.json`,
  );
}

function addExport(command: Command): void {
  command
    .command('export')
    .description('the failure modes in a form of others, with samples from a run')
    .addOption(
      new Option('--format <format>', 'riskcard: a card a failure mode (Derczynski 2023), as JSON')
        .choices(['riskcard'])
        .default('riskcard'),
    )
    .option('--taxonomy <folder>', 'a taxonomy of your own (default: as the run was made)')
    .option('--run <id>', 'a run from which what was asked and answered comes')
    .option(...STORE_OPTION)
    .option('--judging <id>', 'with --run: an earlier judging of it')
    .option('--out <file>', 'file to write (default: prints)')
    .option('--force', 'overwrite what is there')
    .action(exportCards);
}

async function exportCards(flags: ExportFlags): Promise<void> {
  const { out, force } = flags;
  if (out !== undefined && !force) assertFree(out);
  const cards = await cardsOf(flags);
  if (out === undefined) return printJson(cards);
  writeWhole(out, `${JSON.stringify(cards, null, 2)}\n`);
  print([`${cards.cards.length} risk cards`, `wrote ${out}`]);
}

async function cardsOf({ run: id, ...flags }: ExportFlags): Promise<RiskCards> {
  if (id === undefined) return riskCards(loadTaxonomy(flags.taxonomy));
  return withStore(flags.store, async (store) => {
    const run = await findRun(store, id);
    const judging = await findJudging(store, id, flags.judging);
    const taxonomy = loadTaxonomy(madeWith(run, flags).taxonomy);
    return riskCards(taxonomy, { id, dialogues: store.dialogues(id, judging?.id) });
  });
}

function list(flags: TaxonomyFlags): void {
  const { hazards, domains, version, fingerprint, status } = loadTaxonomy(flags.taxonomy);
  if (flags.json) return printJson({ version, fingerprint, status, domains, hazards });
  const rows = hazards.flatMap((hazard) =>
    hazard.modes.map((mode) => [
      mode.id,
      mode.guideword,
      mode.severity,
      mode.check ? mode.check.kind : '–',
      hazard.crossCutting ? mode.name : `${hazard.name}: ${mode.name}`,
    ]),
  );
  print([
    status,
    ...textTable([['id', 'GW', 'severity', 'check', 'name'], ...rows], [0, 1, 2, 3, 4]),
    '',
    `Clinics: ${Object.entries(domains)
      .map(([id, name]) => `${id} ${name}`)
      .join(', ')}`,
  ]);
}

function show(id: string, flags: TaxonomyFlags): void {
  const taxonomy = loadTaxonomy(flags.taxonomy);
  const hazard = taxonomy.hazards.find(
    (candidate) => candidate.id === id || candidate.modes.some((mode) => mode.id === id),
  );
  if (!hazard) {
    throw new MatrixError(`the taxonomy has no ${id}`, { mend: 'See: matrix-sim taxonomy list' });
  }
  const modes = hazard.id === id ? hazard.modes : hazard.modes.filter((mode) => mode.id === id);
  if (flags.json) printJson(hazard.id === id ? hazard : modes[0]);
  else print([taxonomy.status, '', ...renderHazard(hazard, modes)]);
}

function check(flags: TaxonomyFlags): void {
  printFindings('taxonomy', flags.json ?? false, () => {
    const taxonomy = loadTaxonomy(flags.taxonomy);
    judgeContents(taxonomy);
    const { hazards, modes, version } = taxonomy;
    return `taxonomy ${version}: ${hazards.length} hazards, ${modes.size} failure modes, no findings`;
  });
}
