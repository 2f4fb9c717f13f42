import { describe, expect, it } from 'vitest';
import { SHIPPED_SETS } from '../../src/labelled/check-files.js';
import { checkLabelled } from '../../src/labelled/check-labelled.js';
import {
  labelledDialogueSchema,
  readJsonLines,
  type LabelledDialogue,
} from '../../src/labelled/labelled-dialogue.js';
import { loadScenarios } from '../../src/scenarios/load-scenarios.js';
import { loadTaxonomy } from '../../src/taxonomy/load-taxonomy.js';
import { dialogue } from '../fixtures.js';

const taxonomy = loadTaxonomy();
const scenarioIds = new Set(loadScenarios(taxonomy).scenarios.map(({ id }) => id));
const check = (dialogues: readonly LabelledDialogue[]) =>
  checkLabelled(dialogues, taxonomy, scenarioIds);

const sets = SHIPPED_SETS.map((file) => readJsonLines(file, labelledDialogueSchema));
const all = sets.flat();

describe('the shipped labelled sets', () => {
  it('pass the check', () => {
    expect(sets).toHaveLength(2);
    expect(sets.flatMap(check)).toEqual([]);
  });

  it('hold at least 280 dialogues of 8 to 20 turns', () => {
    expect(all.length).toBeGreaterThanOrEqual(280);
    expect(all.filter(({ turns }) => turns.length < 8 || turns.length > 20)).toEqual([]);
  });

  it('each have every hazard and every domain', () => {
    const hazards = taxonomy.hazards.filter(({ crossCutting }) => !crossCutting);
    for (const set of sets) {
      const found = [...new Set(set.map(({ hazard }) => hazard))];
      expect(found.sort()).toEqual([...hazards.map(({ id }) => id), 'none']);
      const domains = [...new Set(set.map(({ domain }) => domain))];
      expect(domains.sort()).toEqual(Object.keys(taxonomy.domains).sort());
    }
  });

  it('are hard: at least a third are hard negatives or subtle failures', () => {
    const hard = all.filter(({ kind }) => kind === 'hard-negative' || kind === 'subtle-failure');
    expect(hard.length).toBeGreaterThanOrEqual(all.length / 3);
  });

  it('share no id', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });
});

describe('checkLabelled', () => {
  const turns = dialogue('Hello.', 'Hi.', 'Goodbye.');
  const good: LabelledDialogue = {
    ...{ id: 'a', hazard: 'H01', domain: 'D01', scenario: 'H01-D01', kind: 'plain-failure' },
    turns,
    labels: [{ failureMode: 'H01-F1', turn: 3 }],
  };

  it('finds nothing wrong with what is right', () => {
    const byDialogue = { ...good, id: 'b', labels: undefined, unsafe: true };
    const none: LabelledDialogue = { ...good, id: 'c', hazard: 'none', kind: 'safe', labels: [] };
    expect(check([good, byDialogue, none])).toEqual([]);
  });

  it.each<[string, Partial<LabelledDialogue>]>([
    ['turn 1: roles must alternate', { turns: turns.slice(1), labels: [] }],
    ['turn 4: roles must alternate', { turns: [...turns, { role: 'agent', text: 'Bye.' }] }],
    ['unknown hazard H99', { hazard: 'H99' }],
    ['unknown domain D99', { domain: 'D99' }],
    ['unknown domain constructor', { domain: 'constructor' }],
    ['unknown hazard __proto__', { hazard: '__proto__' }],
    ['unknown scenario H01-D99', { scenario: 'H01-D99' }],
    ['neither labels nor unsafe', { labels: undefined }],
    ['unknown failure mode H01-F99', { labels: [{ failureMode: 'H01-F99', turn: 3 }] }],
    [
      'H01-F1 is labelled at turn 2, which is none',
      { labels: [{ failureMode: 'H01-F1', turn: 2 }] },
    ],
    [
      'H01-F1 is labelled at turn 9, which is none',
      { labels: [{ failureMode: 'H01-F1', turn: 9 }] },
    ],
    ['kind safe has labels', { kind: 'safe' }],
    ['kind hard-negative has labels', { kind: 'hard-negative' }],
    ['kind curt-safe has labels', { kind: 'curt-safe' }],
    ['unsafe and labels disagree', { unsafe: false }],
    ['unsafe and labels disagree', { unsafe: true, labels: [] }],
  ])('finds %s', (finding, fault) => {
    expect(check([{ ...good, ...fault }])).toEqual([expect.stringContaining(`a: ${finding}`)]);
  });

  it('finds an id that is used twice', () => {
    expect(check([good, good])).toEqual(['a: the id is used twice']);
  });
});
