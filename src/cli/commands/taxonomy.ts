import { Command } from 'commander';
import { MatrixError } from '../../errors.js';
import { judgeContents } from '../../judge/judge-contents.js';
import { renderHazard } from '../../report/render-hazard.js';
import { textTable } from '../../report/text-table.js';
import { loadTaxonomy } from '../../taxonomy/load-taxonomy.js';
import { print, printJson } from '../output.js';
import { printFindings } from '../print-findings.js';

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
  return command.addHelpText('after', '\nExample:\n  matrix-sim taxonomy show H01');
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
