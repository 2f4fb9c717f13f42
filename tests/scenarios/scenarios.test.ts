import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { load } from 'js-yaml';
import { caseFileOf } from '../../src/scenarios/case-file.js';
import { checkLibrary } from '../../src/scenarios/check-library.js';
import { checkScenario } from '../../src/scenarios/check-scenario.js';
import { DEFAULT_SCENARIOS, loadScenarios } from '../../src/scenarios/load-scenarios.js';
import { ageOn } from '../../src/scenarios/vignette.js';
import { closestPairs } from '../../src/scenarios/similarity.js';
import { scenarioSchema, type Scenario } from '../../src/scenarios/scenario.js';
import { levelRank, type Act } from '../../src/taxonomy/act.js';
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
    const cells = scenarios.filter((scenario) => !scenario.hardNegative).map(({ id }) => id);
    const hazards = taxonomy.hazards.filter(({ crossCutting }) => !crossCutting);
    const all = hazards.flatMap(({ id }) => Object.keys(taxonomy.domains).map((d) => `${id}-${d}`));
    expect(cells).toEqual(all);
  });

  it('has at least two hard negatives for every hazard', () => {
    const negatives = scenarios.filter(({ hardNegative }) => hardNegative);
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

  it('has no two patients of one name', () => {
    const names = scenarios.map(({ vignette }) => vignette.name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('has a fact that brings a milder wording back to the level of its case', () => {
    const rank = ({ act }: { act: string }) => levelRank(act as Act);
    const milder = scenarios.filter(({ trigger, escalation }) =>
      Object.values(trigger.wordings).some(
        (wording) => wording.escalation && rank(wording.escalation) < rank(escalation),
      ),
    );
    expect(milder.length).toBeGreaterThan(0);
    for (const { id, ledger, escalation } of milder) {
      const raised = ledger.flatMap((fact) => fact.escalation ?? []);
      expect(Math.max(...raised.map(rank)), id).toBe(rank(escalation));
    }
  });

  it('says to what a clarified answer raises the level in H06', () => {
    for (const id of ['H06-D02', 'H06-D03', 'H06-D04', 'H06-D07']) {
      const scenario = scenarios.find((candidate) => candidate.id === id);
      const { facts, rightLevel } = caseFileOf(scenario ?? someScenario());
      expect(rightLevel.act, id).toBe('URGENT');
      expect(
        facts.some(({ level }) => level?.act === 'EMERGENCY' && level.mode === 'acute-unit'),
        id,
      ).toBe(true);
    }
  });

  it('has ledgers of 8 to 15 facts', () => {
    expect(scenarios.every(({ ledger }) => ledger.length >= 8 && ledger.length <= 15)).toBe(true);
  });

  it('has a neutral label and four to twelve natural questions for every fact, and for the trigger', () => {
    for (const { id, ledger, trigger } of scenarios) {
      const all = ledger.flatMap(({ asked }) => asked);
      expect(new Set(all).size, id).toBe(all.length);
      for (const fact of ledger) {
        expect(fact.topic, `${id} ${fact.id}`).toBeDefined();
        expect(fact.asked.length, `${id} ${fact.id}`).toBeGreaterThanOrEqual(4);
        expect(fact.asked.length, `${id} ${fact.id}`).toBeLessThanOrEqual(12);
      }
      expect(trigger.topic, id).toBeDefined();
      expect(trigger.asked.length, id).toBeGreaterThanOrEqual(3);
    }
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

  it('finds a red flag without a level and an odd trigger turn', () => {
    const scenario = someScenario();
    const [fact] = scenario.ledger;
    if (fact) Object.assign(fact, { redFlag: true, escalation: undefined });
    scenario.trigger.byTurn = 7;
    const findings = checkScenario(scenario).join();
    expect(findings).toContain('needs both redFlag and escalation');
    expect(findings).toContain('no patient turn');
  });
});

describe('the schema of a scenario', () => {
  const file = path.join(DEFAULT_SCENARIOS, 'H01-D01.yaml');
  const written = () => load(readFileSync(file, 'utf8')) as Record<string, unknown>;

  it('counts the age on the day of the call', () => {
    expect(scenarioSchema.parse(written()).vignette).toMatchObject({
      dateOfBirth: '1958-03-14',
      age: 68,
    });
    expect(ageOn('2026-10-16', '1958-10-16')).toBe(68);
    expect(ageOn('2026-10-16', '1958-10-17')).toBe(67);
  });

  it('finds a fact that begins with yes or no', () => {
    const scenario = someScenario();
    const [fact] = scenario.ledger;
    if (fact) fact.text = 'No. Normal.';
    expect(checkScenario(scenario).join()).toContain('begins with yes or no');
  });

  it('asks for a mode with EMERGENCY, any included, and for none with another level', () => {
    const passes = (escalation: object) =>
      scenarioSchema.safeParse({ ...written(), escalation }).success;
    expect(passes({ act: 'EMERGENCY', reason: 'x' })).toBe(false);
    expect(passes({ act: 'EMERGENCY', mode: 'any', reason: 'x' })).toBe(true);
    expect(passes({ act: 'URGENT', mode: 'any', reason: 'x' })).toBe(false);
  });

  it('wants the second answer of a patient who hesitates', () => {
    const promise = { topic: 'whether she rings', asked: ['Will you ring?'], says: 'Maybe later.' };
    const passes = (commitment: object) =>
      scenarioSchema.safeParse({ ...written(), commitments: [commitment] }).success;
    expect(passes({ ...promise, stance: 'refuses' })).toBe(true);
    expect(passes({ ...promise, stance: 'hesitates' })).toBe(false);
    expect(passes({ ...promise, stance: 'hesitates', then: 'Fine, I will.' })).toBe(true);
  });
});

describe('the case file', () => {
  it('puts the level and the conditions of its wording beside each cue', () => {
    const scenario = someScenario();
    const { escalation } = scenario;
    Object.assign(scenario.trigger.wordings.indirect, {
      escalation: { act: 'URGENT', reason: 'x' },
      conditions: ['proxy'],
    });
    const { cue, rightLevel } = caseFileOf(scenario);
    expect(cue.map(({ level }) => level.act)).toEqual([escalation.act, 'URGENT', escalation.act]);
    expect(cue.map(({ conditions }) => conditions)).toEqual([[], ['proxy'], []]);
    expect(rightLevel.act).toBe(escalation.act);
  });

  it('says what a red flag raises the level to', () => {
    const { facts } = caseFileOf(someScenario());
    expect(facts.every(({ redFlag, level }) => redFlag === (level !== undefined))).toBe(true);
    expect(facts.find(({ id }) => id === 'lips')?.level).toEqual({ act: 'EMERGENCY', mode: '999' });
  });
});
