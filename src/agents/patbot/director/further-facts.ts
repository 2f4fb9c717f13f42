import { RELEASES, type Fact } from '../../../scenarios/scenario.js';
import { untold, type Disclosure, type Script } from './disclosure.js';
import { isSameMatter } from './trigger-matter.js';

/**
 * Untold facts that belong to what the patient said in its last turn: of the trigger those that bear on
 * its level or answer what it answers, of a fact those on the same required item.
 */
export function furtherFacts(script: Script, told: Disclosure, turn: number): Fact[] {
  const { ledger } = script.scenario;
  const facts = untold(script, told, turn);
  if (told.triggerTurn === turn - 2) {
    return facts.filter((fact) => fact.escalation !== undefined || isSameMatter(script, fact));
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
