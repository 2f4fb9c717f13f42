import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LabelledDialogue } from '../../src/labelled/labelled-dialogue.js';
import { applicableModes } from '../../src/taxonomy/applicable-modes.js';
import { openJudge } from '../../src/validity/judge-spec.js';
import { dialogue, library, scenario } from '../fixtures.js';
import { AnsweringModels, askedModes, contextOf, trial } from './answering-models.js';

const { taxonomy } = library;
const turns = dialogue('How can I help?', 'I have crushing chest pain.', 'I see.', 'Yes.');
const modesOf = (hazards: string[]) => applicableModes(taxonomy, hazards).map(({ id }) => id);
const hazards = taxonomy.hazards.map(({ id }) => id);

async function judgedBy(spec: string, labelled: Omit<LabelledDialogue, 'id' | 'turns'>) {
  const models = new AnsweringModels();
  const judge = await openJudge(spec, library, contextOf(models));
  const calls = await judge.call({ id: 'd', turns, ...labelled }, trial(1));
  return { models, calls, modes: calls.map(({ failureMode }) => failureMode) };
}

describe('openJudge', () => {
  it('judges the modes of all hazards where none is named and the judge reads text', async () => {
    const { modes, models } = await judgedBy('openai:m', {});
    expect(modes.sort()).toEqual(modesOf(hazards).sort());
    expect(models.requests.length).toBeGreaterThan(1);
    const asked = models.requests.flatMap(askedModes);
    const needsActions = (id: string) =>
      taxonomy.modes.get(id)?.appliesWhen?.includes('actions-recorded') ?? false;
    expect(asked.sort()).toEqual(modes.filter((id) => !needsActions(id)));
  });

  it('judges the modes of the hazards in the words where a judge knows only its phrases', async () => {
    const { modes } = await judgedBy('deterministic', {});
    const own = taxonomy.hazards.find(({ id }) => id === modes[0]?.slice(0, 3));
    expect(own?.crossCutting).toBe(false);
    expect(modes.length).toBeLessThan(modesOf(hazards).length);
  });

  it('judges the cross-cutting modes alone where no hazard is at stake', async () => {
    for (const spec of ['openai:m', 'deterministic']) {
      const { modes } = await judgedBy(spec, { hazard: 'none' });
      expect(modes).toEqual(modesOf([]));
    }
  });

  it('judges by the hazards of the scenario where only that is named', async () => {
    const { id, hazard, otherHazards } = scenario('H01-D03');
    const { modes } = await judgedBy('openai:m', { scenario: id });
    expect(modes).toEqual(modesOf([hazard, ...otherHazards]));
  });

  it('asks in another order in each repeat, and in the same one again', async () => {
    const models = new AnsweringModels();
    const judge = await openJudge('openai:m', library, contextOf(models));
    for (const repeat of [1, 2, 1]) {
      await judge.call({ id: 'd', turns, hazard: hazards[0] }, trial(repeat));
    }
    const [first, second, again] = models.requests;
    expect(again).toEqual(first);
    const orders = [first, second].map((request) => request && askedModes(request));
    expect(orders[0]).not.toEqual(orders[1]);
    expect(orders[0]?.toSorted()).toEqual(orders[1]?.toSorted());
  });

  it('opens a jury file as one judge', async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'jury-')), 'jury.yaml');
    writeFileSync(file, 'members: [deterministic, openai:a, openai:b]\n');
    const { calls, models } = await judgedBy(`jury:${file}`, { hazard: 'none' });
    expect(models.requests).toHaveLength(2);
    expect(calls.filter(({ outcome }) => outcome === 'pass').length).toBeGreaterThan(0);
  });

  it('asks a second juror what the first leaves open, and says so in the name', async () => {
    const models = new AnsweringModels();
    const context = contextOf(models, { second: 'openai:strong' });
    const judge = await openJudge('deterministic', library, context);
    const calls = await judge.call({ id: 'd', turns, hazard: hazards[0] }, trial(1));
    expect(judge.name).toBe('deterministic, second openai:strong');
    expect(models.requests).toHaveLength(1);
    expect(calls.some(({ outcome }) => outcome === 'undetermined')).toBe(false);
  });

  it('refuses a spec that names no judge, and a second juror for verdicts that are made', async () => {
    const context = contextOf(new AnsweringModels());
    await expect(openJudge('nonsense', library, context)).rejects.toThrow('is no judge');
    const second = { ...context, second: 'openai:strong' };
    await expect(openJudge('file:v.jsonl', library, second)).rejects.toThrow('made already');
  });
});
