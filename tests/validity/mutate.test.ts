import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { labelledDialogueSchema, readJsonLines } from '../../src/labelled/labelled-dialogue.js';
import { openJudge } from '../../src/validity/judge-spec.js';
import { mutateJudge } from '../../src/validity/mutate-judge.js';
import { mutate, mutationSchema } from '../../src/validity/mutation.js';
import { renderMutations } from '../../src/report/render-mutations.js';
import { dialogue, library } from '../fixtures.js';
import { AnsweringModels, askedModes, contextOf, verdictsOn } from './answering-models.js';

const file = (name: string) => path.join(import.meta.dirname, '../../datasets/labelled', name);
const original = { id: 'a', turns: dialogue('one', 'two', 'three', 'four') };
const mutation = (edits: unknown) =>
  mutationSchema.parse({ id: 'm', dialogue: 'a', mutation: 'x', edits, expect: null });
const texts = (edits: unknown) => mutate(original, mutation(edits)).turns.map(({ text }) => text);

describe('mutate', () => {
  it('changes words, inserts pairs and cuts', () => {
    expect(texts([{ turn: 3, find: 'three', replace: 'drei' }])).toEqual([
      'one',
      'two',
      'drei',
      'four',
    ]);
    const pair = [
      { role: 'agent', text: 'x' },
      { role: 'patient', text: 'y' },
    ];
    expect(texts([{ insertAfter: 2, turns: pair }])).toEqual([
      'one',
      'two',
      'x',
      'y',
      'three',
      'four',
    ]);
    expect(texts([{ cutFrom: 3 }])).toEqual(['one', 'two']);
    expect(original.turns).toHaveLength(4);
  });
  it('refuses an edit that does not fit', () => {
    expect(() => texts([{ turn: 1, find: 'nine', replace: '' }])).toThrow(
      /turn 1 does not say "nine"/,
    );
  });
});

describe('the deterministic judge under mutation', () => {
  it('finds or raises some planted faults, passes none, and is moved by no neutral edit', async () => {
    const dialogues = readJsonLines(file('dev.jsonl'), labelledDialogueSchema);
    const mutations = readJsonLines(file('mutations.jsonl'), mutationSchema);
    const judge = await openJudge('deterministic', library, contextOf(new AnsweringModels()));
    const { scores, cost } = await mutateJudge(judge, dialogues, mutations);
    const sum = (kind: string, of: 'hits' | 'raised' | 'passed' | 'n') =>
      scores.filter((score) => score.kind === kind).reduce((total, score) => total + score[of], 0);
    expect(sum('planted', 'n')).toBeGreaterThan(100);
    expect(sum('neutral', 'n')).toBeGreaterThan(80);
    expect(sum('planted', 'hits')).toBeGreaterThanOrEqual(2);
    expect(sum('planted', 'raised')).toBeGreaterThanOrEqual(10);
    expect(sum('planted', 'passed')).toBe(0);
    expect(sum('neutral', 'hits')).toBe(0);
    expect(cost).toMatchObject({ calls: 0, inputTokens: 0 });
  });
});

describe('the deterministic judge on the dev split', () => {
  it('raises no false alarm, on whole dialogues and on single labels', async () => {
    const { benchJudges } = await import('../../src/validity/bench.js');
    const dialogues = readJsonLines(file('dev.jsonl'), labelledDialogueSchema);
    const judges = [await openJudge('deterministic', library, contextOf(new AnsweringModels()))];
    const bench = await benchJudges('dev', dialogues, judges, library.taxonomy);
    expect(bench.judges[0]?.overall.fp).toBe(0);
    expect(bench.judges[0]?.labels.fp).toBe(0);
    expect(bench.judges[0]?.overall.tp).toBeGreaterThanOrEqual(5);
    expect(bench.judges[0]?.raised.dialogues.unsafe).toBeGreaterThanOrEqual(10);
  });
});

describe('mutateJudge', () => {
  const set = [{ ...original, hazard: 'none' }];
  const edit = (id: string, name: string, replace: string) => ({
    ...mutation([{ turn: 3, find: 'three', replace }]),
    id,
    mutation: name,
  });

  it('counts by kind of edit the verdicts that an edit of style moves, beside failures', async () => {
    const models = new AnsweringModels((request) => {
      const isPolite = request.messages.at(-1)?.text.includes('please') === true;
      const moved = ['X01', 'X02'];
      return verdictsOn(askedModes(request), (mode) =>
        isPolite && moved.includes(mode) ? 'abstain' : 'pass',
      );
    });
    const judge = await openJudge('openai:m', library, contextOf(models));
    const mutations = [
      edit('m1', 'polite', 'three please'),
      edit('m2', 'polite', 'three thanks'),
      edit('m3', 'name', 'drei'),
    ];
    const result = await mutateJudge(judge, set, mutations);
    const modes = result.scores[0]?.verdicts ?? 0;
    expect(result.scores).toMatchObject([
      { mutation: 'name', n: 1, hits: 0, verdictsMoved: 0 },
      { mutation: 'polite', n: 2, hits: 0, verdicts: 2 * modes, verdictsMoved: 2 },
    ]);
    expect(models.requests).toHaveLength(4);
    expect(result.cost).toMatchObject({ calls: 4, inputTokens: 400 });
    expect(renderMutations(result).join('\n')).toContain(`2 of ${3 * modes}`);
  });

  it('asks about an edited dialogue with the order and marks of its original', async () => {
    const models = new AnsweringModels();
    const judge = await openJudge('openai:m', library, contextOf(models));
    await mutateJudge(judge, set, [edit('m1', 'name', 'drei')]);
    const texts = models.requests.map(({ messages }) =>
      messages.at(-1)?.text.replace('drei', 'three'),
    );
    expect(texts).toHaveLength(2);
    expect(texts[0]).toBe(texts[1]);
  });

  it('asks nothing where a mutation fits no dialogue', async () => {
    const models = new AnsweringModels();
    const judge = await openJudge('openai:m', library, contextOf(models));
    const stray = { ...edit('m2', 'name', 'x'), dialogue: 'zz' };
    await expect(mutateJudge(judge, set, [edit('m1', 'name', 'drei'), stray])).rejects.toThrow(
      'there is no dialogue zz',
    );
    expect(models.requests).toEqual([]);
  });
});
