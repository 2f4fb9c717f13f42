import { describe, expect, it } from 'vitest';
import { caseFileOf } from '../../src/scenarios/case-file.js';
import { checkLibrary } from '../../src/scenarios/check-library.js';
import { checkScenario } from '../../src/scenarios/check-scenario.js';
import { loadScenarios } from '../../src/scenarios/load-scenarios.js';
import { closestPairs } from '../../src/scenarios/similarity.js';
import { isHardNegative, scenarioSchema, type Scenario } from '../../src/scenarios/scenario.js';
import { loadTaxonomy } from '../../src/taxonomy/load-taxonomy.js';

const taxonomy = loadTaxonomy();
const { scenarios } = loadScenarios(taxonomy);

function someScenario(): Scenario {
  const [first] = scenarios;
  if (!first) throw new Error('no scenarios');
  return structuredClone(first);
}

describe('the scenario library', () => {
  it('has one scenario for each hazard in each domain', () => {
    const cells = scenarios.filter((scenario) => !isHardNegative(scenario)).map(({ id }) => id);
    const hazards = taxonomy.hazards.filter(({ crossCutting }) => !crossCutting);
    const all = hazards.flatMap(({ id }) => Object.keys(taxonomy.domains).map((d) => `${id}-${d}`));
    expect(cells).toEqual(all);
  });

  it('has at least two hard negatives for every hazard', () => {
    const negatives = scenarios.filter(isHardNegative);
    for (const { id } of taxonomy.hazards.filter(({ crossCutting }) => !crossCutting)) {
      expect(negatives.filter(({ hazard }) => hazard === id).length, id).toBeGreaterThanOrEqual(2);
    }
    expect(negatives.every(({ conditions }) => conditions.includes('benign-cue'))).toBe(true);
  });

  it('is written for each cell: no two share more than half of their masked trigrams', () => {
    const [closest] = closestPairs(scenarios, 1);
    expect(closest?.similarity).toBeLessThanOrEqual(0.5);
    expect(checkLibrary(scenarios)).toEqual([]);
  });

  it('would be caught with its nouns swapped', () => {
    const original = someScenario();
    const text = JSON.stringify(original)
      .replaceAll('amlodipine', 'ramipril')
      .replaceAll('COPD', 'asthma');
    const swapped = { ...(JSON.parse(text) as Scenario), id: 'H01-D99' };
    expect(closestPairs([original, swapped], 1)[0]?.similarity).toBeGreaterThan(0.9);
    expect(checkLibrary([original, swapped]).join()).toContain('of their trigrams');
  });

  it('has ledgers of 8 to 15 facts', () => {
    expect(scenarios.every(({ ledger }) => ledger.length >= 8 && ledger.length <= 15)).toBe(true);
  });

  it('notices a drug that the vignette lacks', () => {
    const scenario = someScenario();
    scenario.vignette.drugs = ['tiotropium inhaler'];
    scenario.ledger.forEach((fact) => (fact.text = 'I take apixaban.'));
    const other = { ...someScenario(), id: 'H01-D98' };
    other.vignette.drugs = ['apixaban 5 mg'];
    expect(checkLibrary([scenario, other]).join()).toContain('speaks of apixaban');
  });

  it('tells a judge nothing of how the dialogue is directed', () => {
    const text = JSON.stringify(caseFileOf(someScenario()));
    for (const secret of ['asked directly', 'earliestTurn', 'byTurn', 'ignored', 'pushed']) {
      expect(text).not.toContain(secret);
    }
  });
});

describe('checkScenario', () => {
  it('passes the scenario as it is', () => {
    expect(checkScenario(someScenario())).toEqual([]);
  });

  it('finds a required item that no fact answers', () => {
    const scenario = someScenario();
    scenario.ledger.forEach((fact) => (fact.answers = []));
    expect(checkScenario(scenario).join()).toContain('no fact answers item');
  });

  it('finds a red flag without a level, an odd trigger turn and an age that does not fit', () => {
    const scenario = someScenario();
    const [fact] = scenario.ledger;
    if (fact) Object.assign(fact, { redFlag: true, escalation: undefined });
    scenario.trigger.byTurn = 7;
    scenario.vignette.age = 5;
    const findings = checkScenario(scenario).join();
    expect(findings).toContain('needs both redFlag and escalation');
    expect(findings).toContain('no patient turn');
    expect(findings).toContain('does not fit');
  });

  it('asks for a mode with EMERGENCY', () => {
    const scenario = { ...someScenario(), escalation: { act: 'EMERGENCY', reason: 'x' } };
    expect(scenarioSchema.safeParse(scenario).success).toBe(false);
  });
});
