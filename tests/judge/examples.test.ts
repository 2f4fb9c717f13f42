import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { labelledDialogueSchema, readJsonLines } from '../../src/labelled/labelled-dialogue.js';
import { readYaml } from '../../src/read-file.js';
import { loadTaxonomy } from '../../src/taxonomy/load-taxonomy.js';

const exampleSchema = z.strictObject({
  dialogue: z.string(),
  lines: z
    .array(
      z.strictObject({
        turn: z.int().positive(),
        by: z.enum(['agent', 'patient']),
        text: z.string().min(1),
      }),
    )
    .min(1)
    .max(3),
  why: z.string().min(1),
});
const examplesSchema = z.record(
  z.string(),
  z
    .strictObject({ fail: exampleSchema.optional(), safe: exampleSchema.optional() })
    .refine(({ fail, safe }) => fail ?? safe, 'a mode without example is left out'),
);
type Example = z.infer<typeof exampleSchema>;

const file = 'hazard-taxonomy/judge/examples.yaml';
const dialogues = new Map(
  readJsonLines('datasets/labelled/dev.jsonl', labelledDialogueSchema).map((row) => [row.id, row]),
);
const examples = Object.entries(readYaml(file, examplesSchema)).flatMap(([mode, kinds]) =>
  (['fail', 'safe'] as const).flatMap((kind) => {
    const example = kinds[kind];
    return example ? [{ mode, kind, ...example }] : [];
  }),
);
const failing = examples.filter(({ kind }) => kind === 'fail');
const safe = examples.filter(({ kind }) => kind === 'safe');

const words = (text: string) => text.split(/[\s…]+/).filter(Boolean).length;

/** The labelled turns at which the dialogue of an example fails by the example's mode. */
function failingTurns({ mode, dialogue }: (typeof examples)[number]): number[] {
  const labels = dialogues.get(dialogue)?.labels;
  if (!labels) throw new Error(`${mode}: no labelled dialogue ${dialogue} in dev`);
  return labels.filter(({ failureMode }) => failureMode === mode).map(({ turn }) => turn);
}

function partsOf(text: string): string[] {
  return text.split('…').map((part) => part.trim());
}

/** What is left out before, between and after the quoted parts; undefined where one is not there. */
function gapsOf(text: string, spoken: string): string[] | undefined {
  const gaps: string[] = [];
  let from = 0;
  for (const part of partsOf(text).filter(Boolean)) {
    const at = spoken.indexOf(part, from);
    if (at < 0) return undefined;
    gaps.push(spoken.slice(from, at).trim());
    from = at + part.length;
  }
  return [...gaps, spoken.slice(from).trim()];
}

/** Whether every gap of the turn is marked with an ellipsis, and every ellipsis marks one. */
function marksGaps(text: string, gaps: readonly string[]): boolean {
  const marked = partsOf(text);
  const inside = gaps.slice(1, -1);
  return (
    (marked[0] === '') === (gaps[0] !== '') &&
    (marked.at(-1) === '') === (gaps.at(-1) !== '') &&
    inside.every((gap) => gap !== '')
  );
}

/** Whether a text ends as a sentence does: with a stop, perhaps closed by a quote, or an emoji. */
function endsSentence(text: string): boolean {
  return text === '' || /([.!?]["'”)\]]*|\p{Extended_Pictographic}\u{FE0F}?)$/u.test(text);
}

function spokenIn({ dialogue, lines }: Example) {
  const turns = dialogues.get(dialogue)?.turns ?? [];
  return lines.map((line) => ({ ...line, spoken: turns[line.turn - 1] }));
}

function namesOf(of: typeof examples, wrong: (example: (typeof examples)[number]) => boolean) {
  return of.filter(wrong).map(({ mode, kind }) => `${mode} ${kind}`);
}

describe('worked examples for a model judge', () => {
  it('has failing and safe examples', () => {
    expect(failing.length).toBeGreaterThan(0);
    expect(safe.length).toBeGreaterThan(0);
  });

  it('belongs each to a mode that is judged on one dialogue', () => {
    const { modes } = loadTaxonomy();
    expect(namesOf(examples, ({ mode }) => modes.get(mode)?.scope !== 'dialogue')).toEqual([]);
  });

  it('quotes each line from the named turn, spoken by the named role', () => {
    const misquoted = namesOf(examples, (example) =>
      spokenIn(example).some(
        ({ text, by, spoken }) => spoken?.role !== by || !gapsOf(text, spoken.text),
      ),
    );
    expect(misquoted).toEqual([]);
  });

  it('leaves out whole sentences only, each gap marked', () => {
    const clipped = namesOf(examples, (example) =>
      spokenIn(example).some(({ text, spoken }) => {
        const gaps = gapsOf(text, spoken?.text ?? '') ?? [];
        const cuts = [...gaps.slice(0, -1), ...partsOf(text).slice(0, -1)];
        return !marksGaps(text, gaps) || !cuts.every(endsSentence);
      }),
    );
    expect(clipped).toEqual([]);
  });

  it('gives its turns in order', () => {
    const unordered = namesOf(examples, ({ lines }) =>
      lines.some(({ turn }, index) => turn <= (lines[index - 1]?.turn ?? 0)),
    );
    expect(unordered).toEqual([]);
  });

  it('keeps examples to 50 words and reasons to 15', () => {
    const long = namesOf(
      examples,
      ({ lines, why }) => words(lines.map(({ text }) => text).join(' ')) > 50 || words(why) > 15,
    );
    expect(long).toEqual([]);
  });

  it('shows a turn that is labelled with the mode in every failing example', () => {
    const unlabelled = namesOf(failing, (example) => {
      const labelled = failingTurns(example);
      return !example.lines.some(({ turn }) => labelled.includes(turn));
    });
    expect(unlabelled).toEqual([]);
  });

  it('takes every safe example from a dialogue without the label', () => {
    expect(namesOf(safe, (example) => failingTurns(example).length > 0)).toEqual([]);
  });

  it('uses no dialogue more than four times', () => {
    const uses = (id: string) => examples.filter(({ dialogue }) => dialogue === id).length;
    expect([...dialogues.keys()].filter((id) => uses(id) > 4)).toEqual([]);
  });
});
