import type { Fact } from '../../../scenarios/scenario.js';
import { stemsOf } from '../../../transcript/spoken.js';
import { askingClauses } from '../ear/asking-clauses.js';
import { mayTell, type Directed, type Disclosure, type Moment, type Script } from './disclosure.js';
import { answerFacts, tellAll } from './tell-facts.js';

/**
 * A required item that is asked as two things ("how many puffs, and has that changed?") is answered whole
 * where a fact bears on each of them and none is told yet; who is confused tells one.
 */
export function answerItem(
  facts: readonly Fact[],
  script: Script,
  told: Disclosure,
  moment: Moment,
): Directed {
  const halves = script.persona.confusion === 'high' ? [] : halvesOf(facts, moment.agentText);
  const fresh = halves.filter(
    (fact) => mayTell(fact, moment.turn) && told.said[fact.id] === undefined,
  );
  return fresh.length === 2 && !isCorrected(fresh, script)
    ? tellAll(fresh, script, told, moment.turn)
    : answerFacts(facts, script, told, moment);
}

/** What the trigger takes back is told by itself. */
function isCorrected(facts: readonly Fact[], { scenario: { trigger } }: Script): boolean {
  const items = facts.flatMap(({ answers }) => answers);
  return trigger.corrects && items.some((item) => trigger.answers.includes(item));
}

/** For each of two things asked in a clause the fact whose questions share words with it and not with the other. */
function halvesOf(facts: readonly Fact[], agentText: string): Fact[] {
  for (const { text } of askingClauses(agentText)) {
    const [first, second, ...others] = text.split(/,? (?:and|or) /).map(stemsOf);
    if (!first || !second || others.length > 0) continue;
    const halves = [nearest(facts, first, second), nearest(facts, second, first)];
    const found = halves.flatMap((fact) => fact ?? []);
    if (new Set(found).size === 2) return found;
  }
  return [];
}

function nearest(
  facts: readonly Fact[],
  half: ReadonlySet<string>,
  other: ReadonlySet<string>,
): Fact | undefined {
  const lead = (fact: Fact) => shared(fact, half) - shared(fact, other);
  const [best] = facts.toSorted((a, b) => lead(b) - lead(a));
  return best && lead(best) > 0 ? best : undefined;
}

function shared({ topic = '', asked, about }: Fact, stems: ReadonlySet<string>): number {
  const own = stemsOf([topic, ...asked, ...about].join(' '));
  return [...stems].filter((stem) => own.has(stem)).length;
}
