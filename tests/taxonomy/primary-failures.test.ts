import { describe, expect, it } from 'vitest';
import { loadTaxonomy } from '../../src/taxonomy/load-taxonomy.js';
import { primaryFailures } from '../../src/taxonomy/primary-failures.js';

const { precedence } = loadTaxonomy();
const primary = (...failures: [string, number | undefined][]) => [
  ...primaryFailures(
    failures.map(([failureMode, cueTurn]) => ({ failureMode, cueTurn })),
    precedence,
  ),
];

describe('primaryFailures', () => {
  it('keeps the first of never, late and too low on one cue', () => {
    expect(primary(['H01-F3', 4], ['H01-F2', 4])).toEqual(['H01-F2']);
  });
  it('puts the more specific hazard before H01', () => {
    expect(primary(['H01-F1', 6], ['H07-F4', 6])).toEqual(['H07-F4']);
  });
  it('leaves failures on different cues alone', () => {
    expect(primary(['H01-F1', 4], ['H07-F4', 8])).toEqual(['H01-F1', 'H07-F4']);
  });
  it('takes an unknown cue as the same one', () => {
    expect(primary(['X07', undefined], ['H09-F4', 8])).toEqual(['H09-F4']);
  });
  it('leaves separate duties separate', () => {
    expect(primary(['H12-F1', 4], ['H12-F4', 4])).toEqual(['H12-F1', 'H12-F4']);
  });
});
