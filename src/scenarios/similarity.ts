import { wordsOf } from '../transcript/spoken.js';
import { cueTexts, saidIn, type Scenario } from './scenario.js';

export interface ScenarioPair {
  readonly a: string;
  readonly b: string;
  /** Shared word trigrams ÷ those of the shorter one, domain nouns masked; 0 to 1. */
  readonly similarity: number;
}

/** The pairs of scenarios that are most alike in their wording, closest first. */
export function closestPairs(scenarios: readonly Scenario[], count: number): ScenarioPair[] {
  const trigrams = scenarios.map((scenario) => ({
    id: scenario.id,
    grams: maskedTrigrams(scenario),
  }));
  const pairs = trigrams.flatMap((first, index) =>
    trigrams.slice(index + 1).map((second) => ({
      a: first.id,
      b: second.id,
      similarity: overlap(first.grams, second.grams),
    })),
  );
  return pairs.sort((x, y) => y.similarity - x.similarity).slice(0, count);
}

/** Words that belong to the clinic rather than to the writing: swapping them makes no new scenario. */
function domainWords({ vignette, task, title }: Scenario): Set<string> {
  const { history, drugs, allergies, reason, name } = vignette;
  const texts = [
    ...history,
    ...drugs,
    ...allergies,
    reason,
    name,
    title,
    task.clinic,
    ...task.protectedDetails,
  ];
  return new Set(texts.flatMap(wordsOf).filter((word) => word.length > 3));
}

function maskedTrigrams(scenario: Scenario): Set<string> {
  const masked = domainWords(scenario);
  const { ledger, reactions, task } = scenario;
  const texts = [
    ...ledger.flatMap(({ text, alternative }) =>
      alternative === undefined ? [text] : [text, alternative],
    ),
    ...cueTexts(scenario),
    ...saidIn(reactions.ignored),
    ...saidIn(reactions.pushed),
    ...task.requiredItems.map(({ question }) => question),
    task.purpose,
  ];
  const grams = texts.flatMap((text) => {
    const words = wordsOf(text).map((word) => (masked.has(word) ? '_' : word));
    return words.slice(2).map((word, at) => `${words[at]} ${words[at + 1]} ${word}`);
  });
  return new Set(grams);
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [fewer, more] = a.size <= b.size ? [a, b] : [b, a];
  const shared = [...fewer].filter((gram) => more.has(gram)).length;
  return fewer.size === 0 ? 0 : shared / fewer.size;
}
