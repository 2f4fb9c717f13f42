import { PERSONA_AXES, type Persona } from '../scenarios/persona-axes.js';
import { randomFrom, type Clock } from '../determinism.js';
import { MatrixError } from '../errors.js';
import { sha256 } from '../evidence/canonical-json.js';
import type { RealismPack } from '../store/review-record.js';
import { dialogueId, type StoredDialogue } from '../store/run-record.js';
import { assertReviewers } from './assert-reviewers.js';
import { itemCodes } from './item-codes.js';
import type { PairItem, RealismSheet } from './sheet.js';
import { hashOfPair } from './shown-hash.js';
import { shuffled } from '../statistics/shuffled.js';

/** One of the two patients: a run, and by what name the result calls the patient. */
export interface PatientSide {
  readonly run: string;
  readonly patient: string;
  readonly dialogues: readonly StoredDialogue[];
}

export interface RealismWishes {
  readonly reviewers: readonly string[];
  /** Pairs in all. */
  readonly sample: number;
  readonly seed: number;
}

interface Turn {
  readonly side: RealismPack['items'][number]['a'];
  readonly before: string;
  readonly text: string;
}

interface Pair {
  readonly a: Turn;
  readonly b: Turn;
  readonly persona: Record<string, string>;
}

/**
 * Pairs what two patients said at one place of one case, as a preference study needs it (MATRIX, arXiv
 * 2508.19163): one pair a dialogue, in an order that tells nothing. Where the agent had not said the same
 * to both, each answer stands with what it answers.
 * @throws MatrixError where the two runs have no case in common, or a name cannot stand for a reviewer
 */
export function makeRealismPack(
  a: PatientSide,
  b: PatientSide,
  { reviewers, sample, seed }: RealismWishes,
  clock: Clock,
): { readonly pack: RealismPack; readonly sheets: readonly RealismSheet[] } {
  assertReviewers(reviewers);
  const random = randomFrom(seed, 'realism');
  const pairs = shuffled(pairUp(a, b, seed), random).slice(0, sample);
  if (pairs.length === 0) throw nothingInCommon(a.run, b.run);
  const createdAt = clock().toISOString();
  const id = `p-${sha256(JSON.stringify([a.run, b.run, seed, createdAt])).slice(0, 8)}`;
  const codes = itemCodes(pairs.length, randomFrom(seed, 'codes', id));
  const shown = pairs.map((pair, index) => show(pair, codes[index] ?? '', random.chance(0.5)));
  const pack: RealismPack = {
    ...{ study: 'realism', id, createdAt, seed },
    reviewers: reviewers.map((name) => ({
      name,
      items: shuffled(codes, randomFrom(seed, 'order', name)),
    })),
    patients: { a: a.patient, b: b.patient },
    items: shown.map(({ item, pair, first }) => ({
      ...{ code: item.code, a: pair.a.side, b: pair.b.side, first },
      ...{ transcript: item.transcript, persona: pair.persona },
    })),
  };
  const byCode = new Map(shown.map(({ item }) => [item.code, item]));
  const sheets = pack.reviewers.map(({ name, items }): RealismSheet => ({
    ...{ study: 'realism', pack: id, reviewer: name },
    items: items.flatMap((code) => byCode.get(code) ?? []),
  }));
  return { pack, sheets };
}

function nothingInCommon(a: string, b: string): MatrixError {
  return new MatrixError(
    `${a} and ${b} have no scenario and repeat in common in which the patients say different things`,
    {
      mend: 'Hold both with the same plan and seed, and another --patient.',
    },
  );
}

/** For each case that both have, one turn of the patient's, with a preference for one question. */
function pairUp(a: PatientSide, b: PatientSide, seed: number): Pair[] {
  // Before the same agent where both runs have it; a dialogue from elsewhere has an agent of its own.
  const own = new Map(b.dialogues.map((dialogue) => [dialogueId(dialogue), dialogue]));
  const any = new Map(b.dialogues.map((dialogue) => [caseOf(dialogue), dialogue]));
  return a.dialogues.flatMap((dialogue) => {
    const other = own.get(dialogueId(dialogue)) ?? any.get(caseOf(dialogue));
    if (!other?.attempt || !dialogue.attempt) return [];
    const [mine, theirs] = [turnsOf(a.run, dialogue), turnsOf(b.run, other)];
    const pairs = mine.flatMap((turn, index) => {
      const answer = theirs[index];
      return answer && answer.text !== turn.text ? [{ a: turn, b: answer }] : [];
    });
    const same = pairs.filter((pair) => pair.a.before === pair.b.before);
    const random = randomFrom(seed, 'pair', dialogueId(dialogue));
    const from = same.length > 0 ? same : pairs;
    const persona = sharedPersona(dialogue, other);
    return from.length === 0 ? [] : [{ ...random.pick(from), persona }];
  });
}

function caseOf({ scenario, repeat }: StoredDialogue): string {
  return `${scenario}/${repeat}`;
}

function turnsOf(run: string, dialogue: StoredDialogue): Turn[] {
  const turns = dialogue.attempt?.turns ?? [];
  return turns.flatMap(({ role, text }, index) => {
    if (role !== 'patient') return [];
    const side = { run, dialogue: dialogueId(dialogue), turn: index + 1 };
    return [{ side, before: turns[index - 1]?.text ?? '', text }];
  });
}

/** The levels in which both played the same. */
function sharedPersona(one: StoredDialogue, other: StoredDialogue): Record<string, string> {
  const [a, b] = [one.attempt?.persona, other.attempt?.persona];
  if (!a || !b) return {};
  const axes = Object.keys(PERSONA_AXES) as (keyof Persona)[];
  return Object.fromEntries(
    axes.filter((axis) => a[axis] === b[axis]).map((axis) => [axis, a[axis]]),
  );
}

function show(pair: Pair, code: string, aFirst: boolean) {
  const isSame = pair.a.before === pair.b.before;
  const tell = ({ before, text }: Turn) => (isSame ? text : `“${before}”\n\n${text}`);
  const [first, second] = aFirst ? [pair.a, pair.b] : [pair.b, pair.a];
  const words = {
    ...{ before: isSame ? pair.a.before : '', first: tell(first), second: tell(second) },
  };
  const item: PairItem = { code, transcript: hashOfPair(words), ...words };
  return { item, pair, first: aFirst ? ('a' as const) : ('b' as const) };
}
