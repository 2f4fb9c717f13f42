import type { Scenario } from '../../../scenarios/scenario.js';
import {
  caseQuestions,
  generalQuestions,
  unrelatedQuestions,
  type AskedQuestion,
} from './asked-questions.js';
import type { QuestionKind } from './question-vectors.js';
import { isOfCase, topicsOf } from './topics.js';

/** Every question that the ear can be compared with, once, sorted by its text. */
export function shippedQuestions(
  scenarios: readonly Scenario[],
): { text: string; kind: QuestionKind }[] {
  const questions = [
    ...scenarios.flatMap((scenario) => caseQuestions(scenario, topicsOf(scenario))),
    ...generalQuestions(),
  ];
  const kinds = new Map<string, QuestionKind>([
    ...unrelatedQuestions().map((text): [string, QuestionKind] => [text, 'asks']),
    ...questions.map((question): [string, QuestionKind] => [question.text, kindOf(question)]),
  ]);
  return [...kinds]
    .map(([text, kind]) => ({ text, kind }))
    .sort((a, b) => (a.text < b.text ? -1 : 1));
}

function kindOf({ wanted: { kind } }: AskedQuestion): QuestionKind {
  if (kind === 'commitment') return 'agrees';
  return isOfCase(kind) ? 'asks' : 'general';
}
