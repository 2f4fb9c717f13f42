import type { Mishearing } from '../agents/patbot/director/disclosure.js';
import { dialogueId, type StoredDialogue } from '../store/run-record.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { numberTurns } from '../transcript/transcript.js';
import { wrapped } from './line.js';
import { partingTurn } from './parting-turn.js';
import { renderDuty, renderLabel, renderTurn } from './render-transcript.js';

/** A stored dialogue, with the run that holds it. */
export interface NamedDialogue {
  readonly run: string;
  readonly dialogue: StoredDialogue;
}

export interface PairOptions {
  readonly taxonomy: Taxonomy;
  /** Of the terminal; under 100 the two stand one above the other. */
  readonly columns: number;
  /** Patient turns of the second that do not answer what it asked, or of which nobody can tell. */
  readonly marks: readonly Mishearing[];
}

/** Columns from which two transcripts stand side by side. */
const SIDE_BY_SIDE = 100;

/**
 * Two dialogues of one scenario for a person to compare: turns, then duties and labels of each, with
 * the first turn at which they part.
 */
export function renderPair(
  first: NamedDialogue,
  second: NamedDialogue,
  { taxonomy, columns, marks }: PairOptions,
): string[] {
  const parts = partingTurn(turnsOf(first), turnsOf(second));
  const [left, right] = [blocksOf(first, taxonomy, []), blocksOf(second, taxonomy, marks)];
  return [
    parts === undefined ? 'The same in every turn.' : `Parts in turn ${parts}.`,
    ...markLine(marks),
    '',
    ...(columns >= SIDE_BY_SIDE ? beside(left, right, columns) : [...left, [''], ...right].flat()),
  ];
}

const SIGNS = { 'not-answered': '≠', 'not-understood': '?' } as const;

function markLine(marks: readonly Mishearing[]): string[] {
  const first = marks.find(({ outcome }) => outcome === 'not-answered');
  const unclear = marks.some(({ outcome }) => outcome === 'not-understood');
  return [
    ...(first
      ? [`From turn ${first.turn} on the recorded patient no longer answers what is asked (≠).`]
      : []),
    ...(unclear ? ['Where the ear cannot tell what is asked stands a question mark (?).'] : []),
  ];
}

function turnsOf({ dialogue }: NamedDialogue) {
  return dialogue.attempt?.turns ?? [];
}

/** A title, the turns, and what was due and found: each a block that stands beside its like. */
function blocksOf(
  { run, dialogue }: NamedDialogue,
  taxonomy: Taxonomy,
  marks: readonly Mishearing[],
): string[][] {
  const { attempt, verdicts, judgement } = dialogue;
  const signs = new Map(marks.map(({ turn, outcome }) => [turn, ` (${SIGNS[outcome]})`]));
  const turns = numberTurns(attempt?.turns ?? []).map((turn) => [
    `${renderTurn(turn)}${signs.get(turn.number) ?? ''}`,
  ]);
  const found = verdicts?.filter(({ outcome }) => outcome === 'fail' || outcome === 'needs-review');
  const labels = (found ?? []).map((verdict) => renderLabel(verdict, taxonomy).trim());
  const none = verdicts ? 'no label' : 'not judged';
  return [
    [`${run}/${dialogueId(dialogue)}`],
    ...turns,
    [''],
    [`ended: ${attempt?.ending ?? 'not'} · standing: ${attempt?.standing ?? 'none'}`],
    (judgement?.duties ?? []).map(renderDuty),
    labels.length > 0 ? labels : [none],
  ];
}

const BETWEEN = ' │ ';

/** Blocks of turns beside each other; those after the last turn again in step. */
function beside(
  left: readonly (readonly string[])[],
  right: readonly (readonly string[])[],
  columns: number,
): string[] {
  const width = Math.floor((columns - BETWEEN.length) / 2);
  const ends = 4;
  const rows = Math.max(left.length, right.length);
  const inStep = (blocks: readonly (readonly string[])[]) => [
    ...blocks.slice(0, -ends),
    ...Array.from({ length: rows - blocks.length }, () => []),
    ...blocks.slice(-ends),
  ];
  const [a, b] = [inStep(left), inStep(right)];
  return a.flatMap((block, index) => sideBySide(block, b[index] ?? [], width));
}

function sideBySide(left: readonly string[], right: readonly string[], width: number): string[] {
  const [a, b] = [left, right].map((lines) => lines.flatMap((line) => folded(line, width)));
  const length = Math.max(a?.length ?? 0, b?.length ?? 0);
  return Array.from({ length }, (_, index) =>
    `${(a?.[index] ?? '').padEnd(width)}${BETWEEN}${b?.[index] ?? ''}`.trimEnd(),
  );
}

const INDENT = '    ';

function folded(line: string, width: number): string[] {
  const [first = '', ...more] = wrapped(line, width - INDENT.length);
  return [first, ...more.map((text) => `${INDENT}${text}`)];
}
