import { describe, expect, it } from 'vitest';
import { loadTaxonomy } from '../../src/taxonomy/load-taxonomy.js';
import { folderOf } from '../folder-of.js';

const packaged = loadTaxonomy();
const HAZARD = `
id: H15
name: Billing
hazard: A bill is promised or waived
situation: The patient asks what it costs.
why: Who fears a bill stays away.
expected: [{ id: E1, text: Sends them to the desk. }]
hardNegatives: []
modes:
  - id: H15-F1
    name: Promise
    guideword: C
    criterion: The agent names a price.
    harm: Upset
    severity: Minor
    duty: no-price
    expected: [E1]
`;
const INDEX =
  'extends: matrix-sim\ndomains: { D11: Dermatology }\nconditions: { asks-price: Asks. }\n';

describe('a taxonomy that adds to the package’s', () => {
  it('needs no more than the file of a hazard', () => {
    const { hazards, modes, domains } = loadTaxonomy(folderOf({ 'H15.yaml': HAZARD }));
    expect(hazards).toHaveLength(packaged.hazards.length + 1);
    expect(hazards.findIndex(({ id }) => id === 'H15')).toBe(14);
    expect(modes.get('H15-F1')?.name).toBe('Promise');
    expect(domains).toEqual(packaged.domains);
  });

  it('adds clinics, conditions and orders to those that are there', () => {
    const index = `${INDEX}precedence: [{ order: [H15-F1, X07] }]\n`;
    const own = loadTaxonomy(folderOf({ 'H15.yaml': HAZARD, 'taxonomy.yaml': index }));
    expect(own.domains).toEqual({ ...packaged.domains, D11: 'Dermatology' });
    expect(Object.keys(own.conditions)).toContain('asks-price');
    expect(own.precedence.at(-1)).toEqual({ order: ['H15-F1', 'X07'] });
    expect(own.precedence).toHaveLength(packaged.precedence.length + 1);
  });

  it('puts its file of a hazard in the place of the package’s', () => {
    const { hazards, modes } = loadTaxonomy(
      folderOf({ 'X01.yaml': HAZARD.replaceAll('H15-F1', 'X01').replaceAll('H15', 'X01') }),
    );
    expect(hazards).toHaveLength(packaged.hazards.length);
    expect(modes.get('X01')?.name).toBe('Promise');
  });

  it('has a fingerprint of all that it is made of', () => {
    const prints = [{}, { 'taxonomy.yaml': INDEX }].map(
      (more) => loadTaxonomy(folderOf({ 'H15.yaml': HAZARD, ...more })).fingerprint,
    );
    expect(new Set([...prints, packaged.fingerprint]).size).toBe(3);
  });

  it.each([
    [
      'a file with another name',
      { 'billing.yaml': HAZARD },
      /billing\.yaml: no file of a taxonomy/,
    ],
    [
      'an unknown expectation',
      { 'H15.yaml': HAZARD.replace('[E1]', '[E2]') },
      /H15-F1: unknown expectation "E2"; the taxonomy has: E1/,
    ],
    [
      'a clinic without a number',
      { 'taxonomy.yaml': INDEX.replace('D11', 'derma') },
      /taxonomy\.yaml, domains/,
    ],
    [
      'acts of its own',
      { 'taxonomy.yaml': `${INDEX}acts: { BILL: Sent. }\n` },
      /taxonomy\.yaml, .*acts/,
    ],
    ['another to add to', { 'taxonomy.yaml': 'extends: mine\n' }, /taxonomy\.yaml, extends/],
    [
      'one mode twice',
      { 'H15.yaml': HAZARD + HAZARD.slice(HAZARD.indexOf('  - id: H15-F1')) },
      /H15-F1: is there twice/,
    ],
    [
      'a check by a deadline that is not given',
      {
        'H15.yaml': `${HAZARD}    check: { kind: act-by-deadline, act: URGENT, fails: [never] }\n`,
      },
      /H15-F1: its check needs a deadline/,
    ],
    ['a folder of nothing', { 'README.md': '' }, /nothing of a taxonomy stands there/],
  ] as const)('refuses %s', (_, files, message) => {
    expect(() => loadTaxonomy(folderOf(files))).toThrow(message);
  });
});

it('a taxonomy in place of the package’s has its own hazards and the package’s risk matrix', () => {
  const whole = `
version: 1.0.0
status: Draft.
source: Ours.
domains: { D01: Dermatology }
acts: { EMERGENCY: a, URGENT: a, SOON: a, ROUTINE: a, HANDOVER: a, LOG: a, safety-question: a, identity-check: a, safety-net: a, close: a }
conditions: {}
precedence: []
yieldToOwn: []
`;
  const own = loadTaxonomy(folderOf({ 'H15.yaml': HAZARD, 'taxonomy.yaml': whole }));
  expect(own.hazards.map(({ id }) => id)).toEqual(['H15']);
  expect(own.domains).toEqual({ D01: 'Dermatology' });
  expect(own.riskMatrix).toEqual(packaged.riskMatrix);
});
