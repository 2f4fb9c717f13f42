/** A piece of a text, with the failure modes whose evidence it is; none for what lies between. */
export interface Piece {
  readonly text: string;
  readonly modes: readonly string[];
}

/** Words that are evidence of a failure mode. */
export interface Evidence {
  readonly mode: string;
  readonly text: string;
}

/**
 * Takes a text apart where evidence begins and ends. A quote is found where it stands but for what
 * models change when they copy: white space, typographic quote marks, invisible signs.
 */
export function markEvidence(text: string, evidence: readonly Evidence[]): Piece[] {
  if (evidence.length === 0) return [{ text, modes: [] }];
  const folded = fold(text);
  const spans = evidence.flatMap(({ mode, text: quote }) => {
    const span = find(folded, fold(quote).text);
    return span ? [{ mode, ...span }] : [];
  });
  const cuts = new Set([0, text.length, ...spans.flatMap(({ from, to }) => [from, to])]);
  const ordered = [...cuts].sort((a, b) => a - b);
  return ordered.slice(0, -1).map((from, index) => {
    const to = ordered[index + 1] ?? text.length;
    const here = spans.filter((span) => span.from <= from && span.to >= to);
    return { text: text.slice(from, to), modes: [...new Set(here.map(({ mode }) => mode))] };
  });
}

interface Folded {
  readonly text: string;
  /** Of each sign, where it stands in the text as it was. */
  readonly places: readonly number[];
}

const FOLDS: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201B\u2032`]/, "'"],
  [/[\u201C\u201D\u201E\u2033]/, '"'],
  [/\s/, ' '],
];
const PLAIN = /^[\x21-\x5f\x61-\x7e]$/;

function fold(text: string): Folded {
  const signs: string[] = [];
  const places: number[] = [];
  let place = 0;
  for (const sign of text) {
    const as = PLAIN.test(sign) ? sign : foldSign(sign, signs.at(-1));
    for (let unit = 0; unit < as.length; unit += 1) {
      signs.push(as.charAt(unit));
      places.push(place + unit);
    }
    place += sign.length;
  }
  return { text: signs.join(''), places };
}

/** Empty for what is not seen, and for white space after white space. */
function foldSign(sign: string, before: string | undefined): string {
  if (/\p{Cf}/u.test(sign)) return '';
  const as = FOLDS.find(([signs]) => signs.test(sign))?.[1] ?? sign;
  return as === ' ' && (before === ' ' || before === undefined) ? '' : as;
}

function find({ text, places }: Folded, quote: string) {
  const part = quote.trim();
  const at = part === '' ? -1 : wholeWordsAt(text, part);
  if (at === -1) return undefined;
  const last = places[at + part.length - 1] ?? 0;
  return { from: places[at] ?? 0, to: last + 1 };
}

const SIGN = /[\p{L}\p{N}]/u;

function wholeWordsAt(text: string, part: string): number {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    const cut = SIGN.test(text.charAt(at - 1)) && SIGN.test(part.charAt(0));
    const end = at + part.length;
    if (!cut && !(SIGN.test(text.charAt(end)) && SIGN.test(part.slice(-1)))) return at;
  }
  return -1;
}
