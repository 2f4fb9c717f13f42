import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SCENARIOS, loadScenarios } from '../../src/scenarios/load-scenarios.js';
import { library } from '../fixtures.js';
import { folderOf } from '../folder-of.js';

const text = readFileSync(path.join(DEFAULT_SCENARIOS, 'H01-D01.yaml'), 'utf8');
const named = (id: string) => text.replace('id: H01-D01', `id: ${id}`);
const load = (files: Record<string, string>) =>
  loadScenarios(library.taxonomy, folderOf(files)).scenarios;

describe('own scenarios', () => {
  it('have any plain name, and any number stands in one cell', () => {
    const files = { 'late-call.yaml': named('late-call'), 'v2.night_3.yaml': named('v2.night_3') };
    expect(load(files).map(({ id, domain }) => [id, domain])).toEqual([
      ['late-call', 'D01'],
      ['v2.night_3', 'D01'],
    ]);
  });

  it('say themselves that they are hard negatives', () => {
    const benign = named('late-call').replace('domain: D01', 'domain: D01\nhardNegative: true');
    expect(load({ 'late-call.yaml': benign })[0]?.hardNegative).toBe(true);
  });

  it.each([
    [
      'a slash',
      { 'late.yaml': named('late/call') },
      /late\.yaml, id: a scenario id is a plain name/,
    ],
    ['another name than its file', { 'late.yaml': named('early') }, /id: early does not match/],
    [
      'a name that says hard negative alone',
      { 'a-N1.yaml': named('a-N1') },
      /say hardNegative: true/,
    ],
    [
      'a clinic that is not there',
      { 'late.yaml': named('late').replace('D01', 'D77') },
      /unknown domain "D77"; the taxonomy has: D01 COPD/,
    ],
    [
      'a hazard that is not there',
      { 'late.yaml': named('late').replace('hazard: H01', 'hazard: H99') },
      /unknown hazard "H99"; the taxonomy has: H01/,
    ],
    [
      'a condition that is not there',
      { 'late.yaml': named('late').replace('conditions: []', 'conditions: [odd]') },
      /unknown condition "odd"; the taxonomy has: actions-recorded, acute/,
    ],
  ] as const)('are refused with %s', (_, files, message) => {
    expect(() => load(files)).toThrow(message);
  });
});
