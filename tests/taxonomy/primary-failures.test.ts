import { describe, expect, it } from 'vitest';
import { loadTaxonomy } from '../../src/taxonomy/load-taxonomy.js';
import { primaryFailures } from '../../src/taxonomy/primary-failures.js';

const taxonomy = loadTaxonomy();
const primary = (...failures: [string, number | undefined][]) => [
  ...primaryFailures(
    failures.map(([failureMode, cueTurn]) => ({ failureMode, cueTurn })),
    taxonomy,
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
  it('keeps a safety-net that passes over a flag secondary to the flag’s own failure', () => {
    expect(primary(['H10-F3', 4], ['X07', 4])).toEqual(['H10-F3']);
    expect(primary(['H04-F1', 8], ['X07', 8])).toEqual(['H04-F1']);
    expect(primary(['H04-F1', 8], ['X07', undefined])).toEqual(['H04-F1', 'X07']);
  });
  it('leaves separate duties separate', () => {
    expect(primary(['H12-F1', 4], ['H12-F4', 4])).toEqual(['H12-F1', 'H12-F4']);
  });

  const onTurns = (...failures: [string, number, number?][]) => [
    ...primaryFailures(
      failures.map(([failureMode, turn, cueTurn]) => ({ failureMode, turn, cueTurn })),
      taxonomy,
    ),
  ];
  it('puts a hazard’s own mode before a cross-cutting one on one event, X02 before H10-F1', () => {
    expect(onTurns(['X06', 5], ['H08-F2', 5])).toEqual(['H08-F2']);
    expect(onTurns(['X06', 7], ['H08-F2', 5])).toEqual(['X06', 'H08-F2']);
    expect(onTurns(['X02', 5], ['H10-F1', 5])).toEqual(['X02']);
  });
  it('leaves modes alone that yield to none', () => {
    expect(onTurns(['X09', 5], ['H05-F1', 5])).toEqual(['X09', 'H05-F1']);
    expect(onTurns(['X11', 5], ['H03-F3', 5])).toEqual(['X11', 'H03-F3']);
  });
  it('takes no turn for an event at which something was due by the close', () => {
    expect(onTurns(['X08', 17], ['H06-F3', 17])).toEqual(['X08', 'H06-F3']);
    expect(onTurns(['X08', 17, 4], ['H04-F1', 5, 4])).toEqual(['H04-F1']);
  });
  it('puts the earlier duty first: seen, asked, acted, routed, recorded', () => {
    expect(onTurns(['H03-F4', 7, 4], ['H03-F1', 7, 4])).toEqual(['H03-F1']);
    expect(onTurns(['H03-F4', 7, 4], ['H03-F1', 9, 6])).toEqual(['H03-F4', 'H03-F1']);
    expect(onTurns(['H07-F1', 9, 4], ['H07-F2', 13])).toEqual(['H07-F2']);
  });
});
