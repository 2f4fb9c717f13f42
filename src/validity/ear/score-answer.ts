import { saidIn, type Scenario } from '../../scenarios/scenario.js';
import { SPOKEN, spokenShare, stemsOf, wordsOf } from '../../transcript/spoken.js';
import type { Probe } from './probe.js';
import type { ProbeAnswer } from './put-probe.js';

export const OUTCOMES = [
  'answered',
  'asked back',
  'other fact',
  'no answer',
  'false denial',
  'false affirmation',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

const HESITATIONS = new Set(['um', 'er', 'erm', 'uh', 'oh', 'well']);
/** Letters up to which a sentence by itself ("Yeah.", "Right.") tells nothing. */
const MOST_OF_A_FILLER = 6;

export interface ProbeScore {
  readonly outcome: Outcome;
  /** Answered, or left open where nothing is known. */
  readonly fits: boolean;
}

const NO = /^(?:(?:um|er|erm|uh|well|oh|like)[.,… ]+)*(?:no|nope|nah|not really|never|none)\b/i;
/** A truth that a "no" or "none" says. */
const NEGATIVE = /^(?:no|none)\b/i;
const YES = /^(?:(?:um|er|erm|uh|well|oh|like)[.,… ]+)*(?:yes|yeah|yep|aye|yup)\b/i;

/** Judges one answer by its words (docs/patient.md says how each outcome is decided). */
export function scoreAnswer(probe: Probe, answer: ProbeAnswer, scenario: Scenario): ProbeScore {
  const outcome = falseWord(probe, answer, scenario) ?? plainOutcome(probe, answer, scenario);
  const open = outcome === 'asked back' && probe.truth === 'unknown';
  return { outcome, fits: outcome === 'answered' || open };
}

/** A yes or no that opens the answer, outside the words of a fact that answers, against what is true. */
function falseWord(
  probe: Probe,
  { text, kind }: ProbeAnswer,
  scenario: Scenario,
): Outcome | undefined {
  const { truth } = probe;
  const own = kind === 'facts' && says(text, scenario, probe.expects);
  if (own || truth === null || truth === 'commitment') return undefined;
  const fitsVignette = truth !== 'unknown' && holds(text, truth);
  if (NO.test(text) && !NEGATIVE.test(truth) && !fitsVignette) return 'false denial';
  return YES.test(text) && truth !== 'yes' && !fitsVignette ? 'false affirmation' : undefined;
}

function plainOutcome(probe: Probe, { text, kind }: ProbeAnswer, scenario: Scenario): Outcome {
  if (kind === 'asking-back' || kind === 'not-following') return 'asked back';
  if (isAnswer(probe, { text, kind }, scenario)) return 'answered';
  const facts = scenario.ledger.map(({ id }) => id);
  const tellsOther = says(text, scenario, facts) || saysTrigger(text, scenario);
  return tellsOther || kind === 'facts' ? 'other fact' : 'no answer';
}

function isAnswer(
  { truth, expects }: Probe,
  { text, kind }: ProbeAnswer,
  scenario: Scenario,
): boolean {
  if (expects.length > 0) return says(text, scenario, expects) || deniesRightly(truth, kind);
  if (truth === 'unknown') return kind === 'unknown';
  if (truth === 'commitment') return kind === 'agreement' || commits(text, scenario);
  if (truth === null) return false;
  return holds(text, truth) || (NEGATIVE.test(truth) && NO.test(text));
}

/** What the case lists under `denies` answers a yes-or-no question whose answer is no. */
function deniesRightly(truth: string | null, kind: ProbeAnswer['kind']): boolean {
  return truth === 'no' && kind === 'denial';
}

function says(text: string, { ledger }: Scenario, ids: readonly string[]): boolean {
  const wordings = ledger
    .filter(({ id }) => ids.includes(id))
    .flatMap((fact) => [fact.text, fact.alternative ?? fact.text]);
  return wordings.some((wording) => holdsWording(text, wording));
}

/** The wording, or a sentence of it, word for word or nearly so. */
function holdsWording(text: string, wording: string): boolean {
  const spoken = ` ${fluent(text)} `;
  const parts = [wording, ...wording.split(/(?<=[.!?]) /)];
  const literal = parts.some(
    (part) => part.length > MOST_OF_A_FILLER && spoken.includes(` ${fluent(part)} `),
  );
  return literal || spokenShare(text, wording) >= SPOKEN;
}

/** The words without hesitations, and without those said twice in a row. */
function fluent(text: string): string {
  const words = wordsOf(text).filter((word) => !HESITATIONS.has(word));
  return words.filter((word, index) => word !== words[index - 1]).join(' ');
}

function saysTrigger(text: string, { trigger }: Scenario): boolean {
  return holdsWording(text, trigger.wordings.explicit.text);
}

function commits(text: string, { commitments, reactions }: Scenario): boolean {
  const lines = [
    ...commitments.flatMap(({ says, then = says, otherwise = says }) => [says, then, otherwise]),
    ...saidIn(reactions.pushed),
  ];
  return lines.some((line) => holdsWording(text, line));
}

/** Half of what the vignette says, by its words and numbers. */
function holds(text: string, truth: string): boolean {
  const wanted = [...stemsOf(truth), ...wordsOf(truth).filter((word) => word.length === 3)];
  const bare = wanted.length > 0 ? wanted : wordsOf(truth);
  const heard = [...stemsOf(text), ...wordsOf(text)];
  return bare.filter((word) => heard.includes(word)).length >= bare.length / 2;
}
