import type { Scenario } from '../../../scenarios/scenario.js';
import { wordsOf } from '../../../transcript/spoken.js';
import type { Move } from './utter.js';

const DATED =
  /\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tonight|this (?:morning|afternoon|evening|week)|last (?:night|week|month)|\w+ (?:days?|weeks?|months?|hours?) (?:ago|back)|an hour ago|since \w+|january|february|march|april|june|july|august|september|october|november|december)\b/i;
/** Letters from which a word may be the name of a medicine. */
const NAME = 5;

/** Whether words name a medicine that the patient is known to take. */
function namesMedicine({ vignette }: Scenario, text: string): boolean {
  const names = new Set(vignette.drugs.flatMap(wordsOf).filter((word) => word.length >= NAME));
  return wordsOf(text).filter((word) => names.has(word)).length === 1;
}

/** Asks which medicine and when it was taken: only the half that has not been told, or its strength. */
export function confirmDrug(scenario: Scenario, told: string): Move[] | undefined {
  const which = namesMedicine(scenario, told);
  const when = DATED.test(told);
  if (which) return [{ name: when ? 'confirm-strength' : 'confirm-when' }];
  return when ? [{ name: 'confirm-which' }] : undefined;
}
