import type { Turn } from '../transcript/transcript.js';
import type { JurorVerdict, Quote } from './verdict.js';

/** Folds white space and typographic quote marks, which models change when they copy. */
function normalise(text: string): string {
  return text
    .replace(/[\u2018\u2019\u201B\u2032`]/g, "'")
    .replace(/[\u201C\u201D\u201E\u2033]/g, '"')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whether a quote stands verbatim in its own turn, white space and quote marks aside. */
export function quoteHolds(turns: readonly Turn[], quote: Quote): boolean {
  const turn = turns[quote.turn - 1];
  const text = normalise(quote.text);
  return turn !== undefined && text.length > 0 && normalise(turn.text).includes(text);
}

/** A failure without evidence that holds becomes an abstention, and says why. */
export function requireEvidence(turns: readonly Turn[], verdict: JurorVerdict): JurorVerdict {
  if (verdict.verdict !== 'fail') return verdict;
  const flaw = flawOf(turns, verdict);
  if (flaw === undefined) return verdict;
  return { ...verdict, verdict: 'abstain', rationale: `${flaw} ${verdict.rationale}` };
}

function flawOf(turns: readonly Turn[], { turn, quotes }: JurorVerdict): string | undefined {
  if (turn === null || turns[turn - 1]?.role !== 'agent') return 'Names no turn of the agent.';
  if (quotes.length === 0) return 'Brings no quote.';
  const wrong = quotes.find((quote) => !quoteHolds(turns, quote));
  return wrong && `Its quote does not stand in turn ${wrong.turn}.`;
}
