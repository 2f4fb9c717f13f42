import type { Scenario } from '../../../scenarios/scenario.js';
import { remembered } from '../../../remembered.js';
import { wordsOf } from '../../../transcript/spoken.js';
import type { AskingClause } from './asking-clauses.js';
import { caseQuestions, generalQuestions, type Wanted } from './asked-questions.js';
import { heardSentence } from './heard-sentence.js';
import { createMatcher, type QuestionMatcher } from './match-question.js';
import { vectorsOf } from './question-vectors.js';
import { topicsOf } from './topics.js';

/** Finds what a clause asks for in one case; undefined where it is not understood. */
export type QuestionIndex = (clause: AskingClause) => Promise<Wanted | undefined>;

const indices = new WeakMap<Scenario, QuestionIndex>();

/** The index of a case, built once. A clause in the words of a known question costs no embedding. */
export function questionIndex(scenario: Scenario): QuestionIndex {
  const known = indices.get(scenario) ?? buildIndex(scenario);
  indices.set(scenario, known);
  return known;
}

/** Clauses of a case whose match is kept: every agent and repeat asks much the same. */
const MOST_KEPT = 500;

function buildIndex(scenario: Scenario): QuestionIndex {
  const questions = [...caseQuestions(scenario, topicsOf(scenario)), ...generalQuestions()];
  const known = new Map<string, Wanted>();
  for (const { text, wanted } of questions.toReversed()) known.set(plain(text), wanted);
  let matcher: Promise<QuestionMatcher> | undefined;
  const match = remembered(MOST_KEPT, async (text) => {
    matcher ??= vectorsOf(questions.map(({ text }) => text)).then((vectors) =>
      createMatcher(questions, vectors),
    );
    return (await matcher)(text, await heardSentence(text));
  });
  return async ({ before, text }) =>
    known.get(plain(`${before} ${text}`)) ?? known.get(plain(text)) ?? match(text);
}

function plain(text: string): string {
  return wordsOf(text).join(' ');
}
