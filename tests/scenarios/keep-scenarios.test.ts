import { describe, expect, it } from 'vitest';
import { MatrixError } from '../../src/errors.js';
import { keepScenarios } from '../../src/scenarios/keep-scenarios.js';
import { library } from '../fixtures.js';

const { scenarios } = library.scenarios;
const ALL = { hazards: [], domains: [], scenarios: [] };
const kept = (filter: Partial<typeof ALL | Record<string, string[]>>) =>
  keepScenarios(scenarios, { ...ALL, ...filter }).map(({ id }) => id);

describe('keepScenarios', () => {
  it('keeps all where nothing is named', () => {
    expect(kept({})).toHaveLength(scenarios.length);
  });

  it('keeps what has every hazard and clinic asked for', () => {
    expect(kept({ hazards: ['H01'], domains: ['D03'] })).toEqual(['H01-D03', 'H01-D03-N1']);
  });

  it('says which hazards there are where one is unknown', () => {
    const unknown = () => kept({ hazards: ['H99'] });
    expect(unknown).toThrow('there is no hazard H99 among the scenarios');
    try {
      unknown();
    } catch (error) {
      expect((error as MatrixError).mend).toContain('There are: H01, H02');
    }
  });

  it('says that no scenario has all that is asked for', () => {
    expect(() => kept({ hazards: ['H01'], scenarios: ['H02-D01'] })).toThrow(/no scenario has all/);
  });
});
