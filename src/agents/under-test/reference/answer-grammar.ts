import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readYaml } from '../../../read-file.js';

const patterns = z.array(z.string().min(1)).min(1);
const EVASIONS = [
  'idle',
  'repeats',
  'declines',
  'deflects',
  'unknown',
  'conditional',
  'loose',
  'vague',
] as const;
/** How a reply goes round a question. */
export type Evasion = (typeof EVASIONS)[number];

const grammarSchema = z.strictObject({
  words: z.record(z.string(), patterns),
  evasions: z.strictObject({
    idle: patterns,
    repeats: patterns,
    declines: patterns,
    deflects: patterns,
    unknown: patterns,
    conditional: patterns,
    loose: patterns,
    vague: patterns,
  }),
  kinds: z
    .array(
      z.strictObject({
        kind: z.string(),
        asked: z.string(),
        /** Lists of `words`, or `options`, `name` or `anything`. */
        settles: z.array(z.string()).min(1),
        /** An answer may also be told in the question's own words. */
        inItsWords: z.boolean().default(false),
        /** A reply without such words leaves the question open, whatever else it tells. */
        binding: z.boolean().default(false),
        /** Takes any answer that tells something, where nothing hangs on it. */
        open: z.boolean().default(false),
      }),
    )
    .min(1),
});

/** A kind of question, and what settles it. */
export interface AnswerKind {
  readonly kind: string;
  readonly asked: RegExp;
  readonly settles: readonly string[];
  readonly inItsWords: boolean;
  readonly binding: boolean;
  readonly open: boolean;
}

function anyOf(list: readonly string[], flags: string): RegExp {
  return new RegExp(`(?<![\\w'’])(?:${list.join('|')})(?!\\w)`, flags);
}

function compile({ words, evasions, kinds }: z.infer<typeof grammarSchema>) {
  return {
    words: new Map(Object.entries(words).map(([name, list]) => [name, anyOf(list, 'i')])),
    evasions: EVASIONS.map((name) => ({ name, said: anyOf(evasions[name], 'gi') })),
    kinds: kinds.map((kind): AnswerKind => ({ ...kind, asked: new RegExp(kind.asked, 'i') })),
  };
}

const file = fileURLToPath(
  new URL('../../../../datasets/reference-agents/answers.yaml', import.meta.url),
);

/** What settles a question, by its kind: read from the data once. */
export const answerData = readYaml(file, grammarSchema);
const grammar = compile(answerData);

/** Whether words hold one of a list of `answers.yaml`. */
export function holds(list: string, words: string): boolean {
  return grammar.words.get(list)?.test(words) === true;
}

/** Whether words begin with one of a list. */
export function opensWith(list: string, words: string): boolean {
  const found = grammar.words.get(list)?.exec(words);
  return (
    found !== null &&
    found !== undefined &&
    /^[\W_]*(?:\w+[\W_]+)?$/.test(words.slice(0, found.index))
  );
}

/** The kind of a single question. */
export function kindOf(question: string): AnswerKind | undefined {
  return grammar.kinds.find(({ asked }) => asked.test(question));
}

/** What is left of a reply without its evasions, and which those were. */
export interface Weighed {
  readonly left: string;
  readonly evasions: ReadonlySet<Evasion>;
}

export function weigh(reply: string): Weighed {
  const evasions = new Set<Evasion>();
  const left = grammar.evasions.reduce((told, { name, said }) => {
    const rest = told.replace(said, ' ');
    if (rest !== told) evasions.add(name);
    return rest;
  }, reply);
  return { left, evasions };
}

/** Whether a reply leaves a question to chance, so that saying it again makes it no clearer. */
export function isLoose(reply: string): boolean {
  return weigh(reply).evasions.has('loose');
}
