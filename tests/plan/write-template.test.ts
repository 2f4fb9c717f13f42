import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeContents } from '../../src/judge/judge-contents.js';
import { writeHazard, writeScenario } from '../../src/plan/write-template.js';
import { checkLibrary } from '../../src/scenarios/check-library.js';
import { loadScenarios } from '../../src/scenarios/load-scenarios.js';
import { loadTaxonomy } from '../../src/taxonomy/load-taxonomy.js';
import { library } from '../fixtures.js';
import { folderOf } from '../folder-of.js';

describe('writeScenario', () => {
  it('writes a scenario that loads as it stands, by the name of its file', () => {
    const folder = path.join(folderOf({}), 'mine');
    writeScenario(path.join(folder, 'late-call.yaml'));
    const { scenarios } = loadScenarios(library.taxonomy, folder);
    expect(scenarios.map(({ id }) => id)).toEqual(['late-call']);
    expect(checkLibrary([...scenarios, ...library.scenarios.scenarios])).toEqual([]);
    expect(readFileSync(path.join(folder, 'late-call.yaml'), 'utf8')).toContain('no clinician');
  });

  it.each([
    ['a b.yaml', '"a b" is no id of a scenario'],
    ['late', 'does not end in .yaml'],
    ['there.yaml', 'is there already'],
    ['no/such/late.yaml', 'cannot be written'],
  ])('refuses %s', (name, message) => {
    const folder = folderOf({ 'there.yaml': '' });
    expect(() => writeScenario(path.join(folder, name))).toThrow(message);
  });
});

describe('writeHazard', () => {
  it('writes a hazard that loads as it stands and adds to the package’s', () => {
    const folder = folderOf({});
    writeHazard(path.join(folder, 'H21.yaml'));
    const taxonomy = loadTaxonomy(folder);
    expect(taxonomy.modes.size).toBe(library.taxonomy.modes.size + 2);
    expect(taxonomy.modes.get('H21-F1')?.check?.kind).toBe('statement');
    expect(judgeContents(taxonomy)).toEqual(judgeContents(library.taxonomy));
  });

  it.each([
    ['H01.yaml', 'is a hazard of the package'],
    ['results.yaml', '"results" is no id of a hazard'],
    ['H15', 'does not end in .yaml'],
  ])('refuses %s', (name, message) => {
    expect(() => writeHazard(path.join(folderOf({}), name))).toThrow(message);
  });
});
