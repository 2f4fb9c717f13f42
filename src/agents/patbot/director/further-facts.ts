import { RELEASES, type Fact } from '../../../scenarios/scenario.js';
import { stemsOf } from '../../../transcript/spoken.js';
import { untold, type Disclosure, type Script } from './disclosure.js';
import { isSameMatter, triggerLine } from './trigger-matter.js';

/**
 * Untold facts that belong to what the patient said in its last turn: of the trigger those that bear on
 * its level or answer what it answers, of a fact those on the same required item.
 */
export function furtherFacts(script: Script, told: Disclosure, turn: number): Fact[] {
  const { ledger } = script.scenario;
  const facts = untold(script, told, turn);
  if (told.triggerTurn === turn - 2) {
    return factsOnTrigger(script, told, turn);
  }
  const last = told.released.filter((release) => release.turn === turn - 2);
  const items = ledger
    .filter(({ id }) => last.some(({ fact }) => fact === id))
    .flatMap(({ answers }) => answers);
  return facts.filter(({ answers }) => answers.some((item) => items.includes(item)));
}

/** What is only chat comes last. */
export function byRelease(facts: readonly Fact[]): Fact[] {
  return facts.toSorted((a, b) => RELEASES.indexOf(b.release) - RELEASES.indexOf(a.release));
}

/** Untold facts on which the level of the case hangs, or that answer what the trigger answers. */
export function factsOnTrigger(script: Script, told: Disclosure, turn: number): Fact[] {
  return untold(script, told, turn).filter(
    (fact) =>
      fact.escalation !== undefined ||
      (fact.redFlag && fact.answers.length === 0) ||
      isSameMatter(script, fact),
  );
}

/** Facts on no item of the clinic's list that speak of what the trigger speaks of, the nearest first. */
export function kindred(script: Script, told: Disclosure, turn: number): Fact[] {
  const { trigger } = script.scenario;
  const matter = stemsOf(
    [triggerLine(script), trigger.topic ?? '', ...trigger.asked, ...trigger.about].join(' '),
  );
  const nearness = ({ text, topic = '', asked, about }: Fact) =>
    [...stemsOf([text, topic, ...asked, ...about].join(' '))].filter((stem) => matter.has(stem))
      .length;
  return untold(script, told, turn)
    .filter(
      ({ release, greeting, answers, about }) =>
        release !== 'volunteered' && !greeting && answers.length === 0 && !isOnHelp(about),
    )
    .filter((fact) => nearness(fact) >= KINDRED)
    .toSorted((a, b) => nearness(b) - nearness(a));
}

/** Who is there and who could take the patient is for whoever asks just that. */
export function isOnHelp(about: readonly string[]): boolean {
  return about.includes('alone') || about.includes('transport');
}

/** So many stems in common with the trigger speak of its matter. */
const KINDRED = 2;
