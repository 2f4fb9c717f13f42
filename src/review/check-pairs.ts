import type { Preference, RealismPack } from '../store/review-record.js';
import type { Cell, FilledPair, FilledSheet } from './sheet.js';

export type PairAnswer = Pick<Preference, 'item' | 'preferred' | 'ratings' | 'comment'> & {
  /** Of patient A. */
  readonly dialogue: string;
  readonly at: string;
};

export interface CheckedPairs {
  readonly answers: readonly PairAnswer[];
  readonly findings: readonly string[];
  readonly missing: readonly string[];
}

type PairSheet = Extract<FilledSheet, { study: 'realism' }>;
type PackPair = RealismPack['items'][number];

/** Holds the pairs of a sheet against the pack that they answer, and tells which patient was meant. */
export function checkPairs(sheet: PairSheet, pack: RealismPack): CheckedPairs {
  const findings: string[] = [];
  const missing: string[] = [];
  const wrong = ({ at }: Cell, what: string) => void findings.push(`${at}: ${what}`);
  const given = pack.reviewers.find(({ name }) => name === sheet.reviewer.text)?.items ?? [];
  if (given.length === 0)
    wrong(sheet.reviewer, `the pack has no reviewer "${sheet.reviewer.text}"`);
  const answers = new Map<string, PairAnswer>();
  for (const pair of sheet.pairs) {
    const code = pair.code.text.trim();
    const item = given.includes(code) ? pack.items.find((each) => each.code === code) : undefined;
    if (!item) wrong(pair.code, `"${pair.code.text}" is no pair of this reviewer's`);
    else if (answers.has(code)) wrong(pair.code, `${code} is answered twice`);
    else if (pair.transcript.text !== item.transcript) {
      wrong(pair.transcript, `the words of ${code} are not those that were exported`);
    } else if (pair.preferred.text.trim() === '') {
      missing.push(`${pair.preferred.at}: ${code} has no answer`);
    } else {
      const answer = answerOf(pair, item, wrong);
      if (answer) answers.set(code, answer);
    }
  }
  const rows = new Set(sheet.pairs.map(({ code }) => code.text.trim()));
  missing.push(
    ...given.filter((code) => !rows.has(code)).map((code) => `${code}: its row is gone`),
  );
  return { answers: [...answers.values()], findings, missing };
}

function answerOf(
  pair: FilledPair,
  { code, a, first }: PackPair,
  wrong: (cell: Cell, what: string) => void,
): PairAnswer | undefined {
  const second = first === 'a' ? 'b' : 'a';
  const sides = new Map<string, Preference['preferred']>([
    ['first', first],
    ['second', second],
    ['tie', 'tie'],
  ]);
  const preferred = sides.get(pair.preferred.text.trim().toLowerCase());
  if (!preferred)
    wrong(pair.preferred, `"${pair.preferred.text}" is neither first, second nor tie`);
  const rate = (cell: Cell) => {
    const text = cell.text.trim();
    if (text === '' || /^[1-5]$/.test(text)) return text === '' ? null : Number(text);
    wrong(cell, `"${text}" is no rating from 1 to 5`);
    return null;
  };
  const rated = { [first]: rate(pair.ratings.first), [second]: rate(pair.ratings.second) };
  if (!preferred) return undefined;
  return {
    ...{ item: code, dialogue: a.dialogue, preferred, at: pair.preferred.at },
    ratings: { a: rated.a ?? null, b: rated.b ?? null },
    comment: pair.comment.text.trim(),
  };
}
