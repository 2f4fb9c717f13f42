import { readdirSync } from 'node:fs';
import path from 'node:path';
import { MatrixError } from '../errors.js';
import { fingerprint } from '../fingerprint.js';
import { readText, readYaml } from '../read-file.js';
import { checkReferences } from './check-references.js';
import { hazardSchema, type Hazard } from './hazard.js';
import { riskMatrixSchema } from './severity.js';
import { DEFAULT_TAXONOMY, layersOf, type TaxonomyFolder } from './taxonomy-folder.js';
import { readIndex } from './taxonomy-index.js';
import type { Taxonomy } from './taxonomy.js';

export type { Taxonomy };

/**
 * Loads a taxonomy folder: one that adds to the package's taxonomy, or one that stands in its place
 * (docs/taxonomy.md). What a judge recognises (`recognition/`) is read and checked by the judge, and is
 * no part of the fingerprint: it belongs to the judge.
 * @throws MatrixError on the first finding; its `findings` hold all of them
 */
export function loadTaxonomy(folder = DEFAULT_TAXONOMY): Taxonomy {
  const files = listYaml(folder);
  const findings = files.filter((file) => !IS_OURS.test(file)).map((file) => stray(folder, file));
  const read = collect(findings, () => readIndex(folder));
  if (!read) throw firstOf(findings);
  const { index, isExtension } = read;
  const own: TaxonomyFolder = { folder, isExtension };
  const [matrixFile = ''] = layersOf(own, 'dcb0129.yaml').slice(-1);
  const riskMatrix = collect(findings, () => readYaml(matrixFile, riskMatrixSchema));
  const hazards = hazardFiles(own, files).flatMap((file) => {
    const hazard = collect(findings, () => readYaml(file, hazardSchema));
    if (hazard && path.basename(file) !== `${hazard.id}.yaml`) {
      findings.push(misplaced(hazard, file));
    }
    return hazard ?? [];
  });
  if (!riskMatrix || findings.length > 0) throw firstOf(findings);
  const modes = new Map(hazards.flatMap(({ modes }) => modes).map((mode) => [mode.id, mode]));
  const content = fingerprint(textsOf(own, files));
  const taxonomy = { ...index, ...own, riskMatrix, hazards, modes, fingerprint: content };
  findings.push(...checkReferences(taxonomy));
  if (findings.length > 0) throw firstOf(findings);
  return taxonomy;
}

const IS_HAZARD = /^[HX]\d\d\.yaml$/;
const IS_OURS = /^([HX]\d\d|taxonomy|dcb0129)\.yaml$/;

/** The hazard files that count, in the order of their ids: an own one replaces the package's of its id. */
function hazardFiles(own: TaxonomyFolder, files: readonly string[]): string[] {
  const names = own.isExtension ? [...listYaml(DEFAULT_TAXONOMY), ...files] : files;
  return [...new Set(names)]
    .filter((name) => IS_HAZARD.test(name))
    .sort()
    .flatMap((name) => layersOf(own, name).slice(-1));
}

/** The texts of all files that count, by a name that tells an extension's from the package's. */
function textsOf(own: TaxonomyFolder, files: readonly string[]): Record<string, string> {
  const names = new Set([
    ...files,
    'dcb0129.yaml',
    ...(own.isExtension ? listYaml(DEFAULT_TAXONOMY) : []),
  ]);
  return Object.fromEntries(
    [...names].flatMap((name) =>
      layersOf(own, name).map((file) => [keyOf(own, file, name), readText(file)] as const),
    ),
  );
}

function keyOf({ folder, isExtension }: TaxonomyFolder, file: string, name: string): string {
  return isExtension && file === path.join(folder, name) ? `own/${name}` : name;
}

function misplaced({ id }: Hazard, file: string): MatrixError {
  return new MatrixError(`${file}, id: ${id} does not match the file's name`, {
    mend: `Call the file ${id}.yaml, or give the hazard the id that its name says.`,
  });
}

function stray(folder: string, file: string): MatrixError {
  return new MatrixError(`${path.join(folder, file)}: no file of a taxonomy has that name`, {
    mend: 'Name a hazard by its id, as H15.yaml; beside it stand taxonomy.yaml and dcb0129.yaml alone.',
  });
}

function listYaml(folder: string): string[] {
  const mend = 'Point --taxonomy to a folder with a taxonomy.yaml, or hazard files as H15.yaml.';
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (cause) {
    throw new MatrixError(`${folder}: no taxonomy folder`, { mend, cause });
  }
  const files = names.filter((file) => file.endsWith('.yaml')).sort();
  if (files.length > 0) return files;
  throw new MatrixError(`${folder}: nothing of a taxonomy stands there`, { mend });
}

function collect<T>(findings: MatrixError[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MatrixError)) throw error;
    findings.push(error);
    return undefined;
  }
}

function firstOf(errors: readonly MatrixError[]): MatrixError {
  const findings = errors.flatMap((error) => error.findings);
  return new MatrixError(errors[0]?.message ?? 'the taxonomy is empty', {
    mend: `${errors[0]?.mend ?? ''} (taxonomy check shows all findings)`.trim(),
    findings,
  });
}
