import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { MatrixError } from '../errors.js';
import { PLAIN_NAME } from '../plain-name.js';
import { readText } from '../read-file.js';
import { loadTaxonomy } from '../taxonomy/load-taxonomy.js';
import { makeFolder, writeWhole } from '../whole-file.js';

/**
 * Writes a commented scenario that loads as it stands; its id is the file's name.
 * @throws MatrixError where the name is none for a scenario, the file is there, or cannot be written
 */
export function writeScenario(file: string): void {
  const id = idOf(file, 'my-scenarios/late-call.yaml');
  if (!PLAIN_NAME.test(id)) {
    throw new MatrixError(`"${id}" is no id of a scenario`, {
      mend: 'Name the file with letters, digits, dots, dashes and underscores.',
    });
  }
  write(file, textOf('scenario.yaml').replaceAll('SCENARIO-ID', id));
}

/**
 * Writes a commented hazard with failure modes that loads as it stands; its id is the file's name.
 * @throws MatrixError where the name is no free id of a hazard, the file is there, or cannot be written
 */
export function writeHazard(file: string): void {
  const id = idOf(file, 'my-taxonomy/H15.yaml');
  const taken = loadTaxonomy().hazards.map((hazard) => hazard.id);
  if (!/^H\d\d$/.test(id) || taken.includes(id)) {
    const why = taken.includes(id) ? 'is a hazard of the package' : 'is no id of a hazard';
    throw new MatrixError(`"${id}" ${why}`, {
      mend: `Name the file by a free id: ${path.join(path.dirname(file), `${freeId(taken)}.yaml`)}.`,
    });
  }
  write(file, textOf('hazard.yaml').replaceAll('HAZARD-ID', id));
}

/**
 * Writes a commented agent that works as it stands (`.mjs`), or the file of one behind HTTP (`.yaml`).
 * @returns its spec, as `run --agent` takes it
 * @throws MatrixError where the name ends otherwise, the file is there, or cannot be written
 */
export function writeAgent(file: string): string {
  const kinds: Readonly<Record<string, string>> = { '.mjs': 'module', '.yaml': 'http' };
  const ending = path.extname(file);
  const kind = kinds[ending];
  if (kind === undefined) {
    throw new MatrixError(`${file}: the name ends neither in .mjs nor in .yaml`, {
      mend: 'Name a file, as my-bot.mjs (a function) or my-bot.yaml (a bot behind HTTP).',
    });
  }
  write(file, textOf(`agent${ending}`));
  return `${kind}:${file}`;
}

function freeId(taken: readonly string[]): string {
  const numbers = taken.filter((id) => id.startsWith('H')).map((id) => Number(id.slice(1)));
  return `H${String(Math.max(0, ...numbers) + 1).padStart(2, '0')}`;
}

function idOf(file: string, example: string): string {
  if (file.endsWith('.yaml')) return path.basename(file, '.yaml');
  throw new MatrixError(`${file}: the name does not end in .yaml`, {
    mend: `Name a file, as ${example}.`,
  });
}

function textOf(template: string): string {
  return readText(fileURLToPath(new URL(`../../datasets/templates/${template}`, import.meta.url)));
}

function write(file: string, text: string): void {
  if (existsSync(file)) {
    throw new MatrixError(`${file} is there already`, {
      mend: 'Move it away, or name another file.',
    });
  }
  makeFolder(path.dirname(file));
  writeWhole(file, text);
}
