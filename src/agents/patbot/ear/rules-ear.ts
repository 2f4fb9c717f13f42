import type { Scenario } from '../../../scenarios/scenario.js';
import { wordsOf } from '../../../transcript/spoken.js';
import { loadPhrases, type PatientPhrases } from '../phrases.js';
import type { Act, EarKind, Heard } from './ear.js';
import type { Topic } from './topics.js';

let phrases: PatientPhrases | undefined;

/** The ear by rules: hears the words that facts and phrases list. */
export const OFFLINE_EAR: EarKind = {
  spec: 'offline',
  prompts: [],
  open: ({ scenario }) => {
    phrases ??= loadPhrases();
    const { hearing } = phrases;
    return { hear: ({ text }) => Promise.resolve(hearByWords(text, scenario, hearing)) };
  },
};

export function hearByWords(
  text: string,
  scenario: Scenario,
  hearing: PatientPhrases['hearing'],
): Heard {
  const words = wordsOf(text);
  const spoken = ` ${words.join(' ')} `;
  const has = (phrases: readonly string[]) =>
    phrases.some((phrase) => spoken.includes(` ${wordsOf(phrase).join(' ')} `));
  const acts: Act[] = [
    ...(has(hearing.identity) ? ['asks-identity' as const] : []),
    ...(has(hearing.openQuestion) ? ['asks-openly' as const] : []),
    ...(has(hearing.pressing) ? ['escalates' as const] : []),
    ...(has(hearing.goodbye) ? ['says-goodbye' as const] : []),
  ];
  const asks = text.includes('?') || acts.includes('asks-openly');
  const topics = asks ? topicsIn(new Set(words), scenario) : [];
  return { acts, topics, form: asks ? 'open' : undefined, understood: true };
}

function topicsIn(words: ReadonlySet<string>, { ledger, trigger }: Scenario): Topic[] {
  const hits = (about: readonly string[]) =>
    about.filter((phrase) => wordsOf(phrase).every((word) => words.has(word))).length;
  const facts = ledger
    .map(({ id, about }) => ({
      topic: { kind: 'fact', id, label: id } as const,
      hits: hits(about),
    }))
    .filter(({ hits }) => hits > 0)
    .sort((a, b) => b.hits - a.hits)
    .map(({ topic }) => topic);
  return hits(trigger.about) > 0
    ? [{ kind: 'trigger', id: '1', label: 'trigger' }, ...facts]
    : facts;
}
