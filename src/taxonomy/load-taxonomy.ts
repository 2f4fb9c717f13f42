import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { MatrixError } from '../errors.js';
import { fingerprint } from '../fingerprint.js';
import { readText, readYaml } from '../read-file.js';
import { ACTS } from './act.js';
import { hazardSchema, type FailureMode, type Hazard } from './hazard.js';
import { riskMatrixSchema, type RiskMatrix } from './severity.js';

const indexSchema = z.strictObject({
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'a version reads 1.0.0'),
  status: z.string().min(1),
  source: z.string().min(1),
  domains: z.record(z.string().regex(/^D\d\d$/), z.string()),
  acts: z.record(z.enum(ACTS), z.string()),
  conditions: z.record(z.string(), z.string()),
  /** Conditions that the case file alone decides, whatever a reader of the turns may think. */
  decidedByCase: z.array(z.string()).default([]),
  precedence: z.array(z.strictObject({ order: z.array(z.string()).min(2) })),
  /** Cross-cutting modes that are secondary to a hazard's own mode on one event. */
  yieldToOwn: z.array(z.string()),
});

/** The whole taxonomy, checked and frozen for a run. */
export interface Taxonomy extends z.infer<typeof indexSchema> {
  readonly fingerprint: string;
  readonly hazards: readonly Hazard[];
  readonly modes: ReadonlyMap<string, FailureMode>;
  readonly riskMatrix: RiskMatrix;
}

export const DEFAULT_TAXONOMY = fileURLToPath(new URL('../../hazard-taxonomy', import.meta.url));

/**
 * Loads a taxonomy folder. What a judge recognises (`recognition/`) is not read here and is not
 * part of the fingerprint: it belongs to the judge.
 * @throws MatrixError on the first finding; its `findings` hold all of them
 */
export function loadTaxonomy(directory = DEFAULT_TAXONOMY): Taxonomy {
  const files = listYaml(directory);
  const findings: MatrixError[] = [];
  const read = <S extends z.ZodType>(file: string, schema: S) =>
    collect(findings, () => readYaml(path.join(directory, file), schema));
  const index = read('taxonomy.yaml', indexSchema);
  const riskMatrix = read('dcb0129.yaml', riskMatrixSchema);
  const hazards = files
    .filter((file) => /^[HX]\d\d\.yaml$/.test(file))
    .flatMap((file) => {
      const hazard = read(file, hazardSchema);
      if (hazard && file !== `${hazard.id}.yaml`) findings.push(misplaced(hazard, directory, file));
      return hazard ?? [];
    });
  if (!index || !riskMatrix || findings.length > 0) throw firstOf(findings);
  const modes = new Map(hazards.flatMap(({ modes }) => modes).map((mode) => [mode.id, mode]));
  const taxonomy = { ...index, riskMatrix, hazards, modes, fingerprint: '' };
  findings.push(...crossCheck(taxonomy, directory));
  if (findings.length > 0) throw firstOf(findings);
  const texts = files.map((file) => [file, readText(path.join(directory, file))] as const);
  return { ...taxonomy, fingerprint: fingerprint(Object.fromEntries<string>(texts)) };
}

function misplaced({ id }: Hazard, directory: string, file: string): MatrixError {
  return new MatrixError(
    `${path.join(directory, file)}, id: ${id} does not match the file's name`,
    {
      mend: `Call the file ${id}.yaml, or give the hazard the id that its name says.`,
    },
  );
}

function listYaml(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((file) => file.endsWith('.yaml'))
      .sort();
  } catch (cause) {
    throw new MatrixError(`${directory}: no taxonomy folder`, {
      mend: 'Point --taxonomy to a folder that holds taxonomy.yaml and the hazard files.',
      cause,
    });
  }
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

function crossCheck(taxonomy: Taxonomy, directory: string): MatrixError[] {
  const known = new Set(Object.keys(taxonomy.conditions));
  const finding = (file: string, text: string, mend: string) =>
    new MatrixError(`${path.join(directory, file)}, ${text}`, { mend });
  const conditionErrors = taxonomy.hazards.flatMap((hazard) =>
    hazard.modes.flatMap((mode) =>
      conditionsOf(mode)
        .filter((condition) => !known.has(condition))
        .map((condition) =>
          finding(
            `${hazard.id}.yaml`,
            `${mode.id}: unknown condition "${condition}"`,
            'Declare it under conditions in taxonomy.yaml, or use one that is there.',
          ),
        ),
    ),
  );
  const precedenceErrors = [...taxonomy.precedence.map(({ order }) => order), taxonomy.yieldToOwn]
    .flat()
    .filter((id) => !taxonomy.modes.has(id))
    .map((id) =>
      finding('taxonomy.yaml', `precedence: unknown failure mode "${id}"`, 'Use the id of a mode.'),
    );
  const idErrors = taxonomy.hazards.flatMap((hazard) =>
    hazard.modes
      .filter((mode) => !mode.id.startsWith(hazard.id))
      .map((mode) =>
        finding(
          `${hazard.id}.yaml`,
          `${mode.id}: does not belong to ${hazard.id}`,
          'Begin the id of a mode with the id of its hazard.',
        ),
      ),
  );
  return [...conditionErrors, ...precedenceErrors, ...idErrors];
}

function conditionsOf(mode: FailureMode): string[] {
  return [
    ...(mode.appliesWhen ?? []),
    ...mode.exempt.flatMap((exemption) => ('case' in exemption ? [exemption.case] : [])),
    ...(mode.deadline ?? []).flatMap((arm) => arm.when ?? []),
    ...(mode.milder ? [mode.milder.unless] : []),
  ];
}
