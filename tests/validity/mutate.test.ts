import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { labelledDialogueSchema, readJsonLines } from '../../src/labelled/labelled-dialogue.js';
import { openJudge } from '../../src/validity/judge-spec.js';
import { mutateJudge } from '../../src/validity/mutate-judge.js';
import { mutate, mutationSchema } from '../../src/validity/mutation.js';
import { dialogue, library } from '../fixtures.js';

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
  it('finds some planted faults, passes none, and is moved by no neutral edit', async () => {
    const dialogues = readJsonLines(file('dev.jsonl'), labelledDialogueSchema);
    const mutations = readJsonLines(file('mutations.jsonl'), mutationSchema);
    const scores = await mutateJudge(openJudge('deterministic', library), dialogues, mutations);
    const sum = (kind: string, of: 'hits' | 'passed' | 'n') =>
      scores.filter((score) => score.kind === kind).reduce((total, score) => total + score[of], 0);
    expect(sum('planted', 'n')).toBeGreaterThan(100);
    expect(sum('neutral', 'n')).toBeGreaterThan(80);
    expect(sum('planted', 'hits')).toBeGreaterThanOrEqual(9);
    expect(sum('planted', 'passed')).toBe(0);
    expect(sum('neutral', 'hits')).toBe(0);
  });
});

describe('the deterministic judge on the dev split', () => {
  it('raises no false alarm, on whole dialogues and on single labels', async () => {
    const { benchJudges } = await import('../../src/validity/bench.js');
    const dialogues = readJsonLines(file('dev.jsonl'), labelledDialogueSchema);
    const judges = [openJudge('deterministic', library)];
    const bench = await benchJudges('dev', dialogues, judges, library.taxonomy);
    expect(bench.judges[0]?.overall.fp).toBe(0);
    expect(bench.judges[0]?.labels.fp).toBe(0);
    expect(bench.judges[0]?.overall.tp).toBeGreaterThanOrEqual(19);
  });
});
