import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { MatrixError } from '../errors.js';
import { fingerprint } from '../fingerprint.js';
import { readText, readYaml } from '../read-file.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { unknownReference } from '../taxonomy/unknown-reference.js';
import { checkScenario } from './check-scenario.js';
import { scenarioSchema, type Scenario } from './scenario.js';

export interface ScenarioLibrary {
  readonly fingerprint: string;
  /** In the order of their ids. */
  readonly scenarios: readonly Scenario[];
}

export const DEFAULT_SCENARIOS = fileURLToPath(
  new URL('../../datasets/scenarios', import.meta.url),
);

/** What was loaded last, by all that it was made of: to parse it takes a third of a second. */
let last: { readonly madeOf: string; readonly library: ScenarioLibrary } | undefined;

/**
 * Loads every scenario of a folder and holds it against the taxonomy. Who loads the same content
 * again gets the same objects.
 * @throws MatrixError on the first finding; its `findings` hold all of them
 */
export function loadScenarios(taxonomy: Taxonomy, directory = DEFAULT_SCENARIOS): ScenarioLibrary {
  const files = listYaml(directory);
  const texts = files.map((file) => [file, readText(path.join(directory, file))] as const);
  const content = fingerprint(Object.fromEntries<string>(texts));
  const madeOf = `${taxonomy.fingerprint} ${content}`;
  if (last?.madeOf !== madeOf) {
    const scenarios = readScenarios(files, directory, taxonomy);
    last = { madeOf, library: { scenarios, fingerprint: content } };
  }
  return last.library;
}

function readScenarios(files: readonly string[], directory: string, taxonomy: Taxonomy) {
  const findings: MatrixError[] = [];
  const scenarios = files.flatMap((file) => {
    try {
      const scenario = readYaml(path.join(directory, file), scenarioSchema);
      findings.push(...findingsFor(scenario, path.join(directory, file), taxonomy));
      return [scenario];
    } catch (error) {
      if (!(error instanceof MatrixError)) throw error;
      findings.push(error);
      return [];
    }
  });
  const [first] = findings;
  if (first) {
    throw new MatrixError(first.message, {
      mend: `${first.mend} (scenarios check shows all findings)`,
      findings: findings.flatMap((finding) => finding.findings),
    });
  }
  return scenarios.sort((a, b) => a.id.localeCompare(b.id, 'en'));
}

function listYaml(directory: string): string[] {
  let files: string[] = [];
  try {
    files = readdirSync(directory).filter((file) => file.endsWith('.yaml'));
  } catch {
    // An unreadable folder and an empty one have the same mend.
  }
  if (files.length > 0) return files.sort();
  throw new MatrixError(`${directory}: no scenarios found`, {
    mend: 'Point --scenario-library to a folder of scenario files (*.yaml).',
  });
}

function findingsFor(scenario: Scenario, file: string, taxonomy: Taxonomy): MatrixError[] {
  const name = path.basename(file) === `${scenario.id}.yaml`;
  const findings = [
    ...(name ? [] : [`id: ${scenario.id} does not match the file's name`]),
    ...checkScenario(scenario),
  ];
  return [
    ...strangersIn(scenario, file, taxonomy),
    ...findings.map(
      (finding) => new MatrixError(`${file}, ${finding}`, { mend: 'Mend that entry of the file.' }),
    ),
  ];
}

/** What a scenario names and its taxonomy lacks. */
function strangersIn(scenario: Scenario, file: string, taxonomy: Taxonomy): MatrixError[] {
  const unknown = (
    field: string,
    named: readonly string[],
    known: Readonly<Record<string, string>>,
  ) =>
    named
      .filter((id) => !Object.hasOwn(known, id))
      .map((id) =>
        unknownReference(
          file,
          field,
          id,
          Object.entries(known).map(([key, name]) => `${key} ${name}`.trim()),
          'Use one of these, or add it to a taxonomy of your own (docs/taxonomy.md).',
        ),
      );
  const cases = taxonomy.hazards.filter(({ crossCutting }) => !crossCutting);
  const hazards = Object.fromEntries(cases.map(({ id, name }) => [id, name]));
  const conditions = Object.fromEntries(Object.keys(taxonomy.conditions).map((id) => [id, '']));
  return [
    ...unknown('hazard', [scenario.hazard, ...scenario.otherHazards], hazards),
    ...unknown('condition', conditionsOf(scenario), conditions),
    ...unknown('domain', [scenario.domain], taxonomy.domains),
  ];
}

/** Every condition that the case states, for all of its wordings or for one. */
function conditionsOf({ conditions, trigger }: Scenario): string[] {
  const own = Object.values(trigger.wordings).flatMap((wording) => wording.conditions ?? []);
  return [...new Set([...conditions, ...own])];
}
