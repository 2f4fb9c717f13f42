import type { Scenario } from '../../../scenarios/scenario.js';
import { wordsOf } from '../../../transcript/spoken.js';

const LETTERS = /\b[a-z](?:[ ,.-]+[a-z]\b){2,}/i;

/** Three letters or more that were spelled out, as they are said back; undefined where there are none. */
export function lettersIn(text: string): string | undefined {
  const spelled = LETTERS.exec(text)?.[0];
  return (
    spelled &&
    wordsOf(spelled)
      .map((letter) => letter.toUpperCase())
      .join(', ')
  );
}

/** What a spelling makes of a name that may have been misheard. */
export interface Spelled {
  readonly letters: string;
  /** The name that was heard before, where the letters are not how it begins. */
  readonly heard: string | undefined;
  /** That name is one of a medicine on the task's lists, and not the patient's whole sentence. */
  readonly isNamed: boolean;
  /** A medicine that the patient is known to take, and that begins with the letters. */
  readonly known: string | undefined;
}

/** How medicines end that stand in a list with their doses. */
const DOSE = / (?:\d|once|twice|weekly|daily|when|as) ?.*$/;

function namesIn({ vignette, task }: Scenario): string[] {
  return [...vignette.drugs, ...task.protectedDetails].map((line) => line.replace(DOSE, ''));
}

/** @param before what was said when the name was heard first */
export function spelledIn(scenario: Scenario, text: string, before: string): Spelled | undefined {
  const letters = lettersIn(text);
  if (letters === undefined) return undefined;
  const begins = (name: string) => name.toLowerCase().startsWith(wordsOf(letters).join(''));
  const agrees = wordsOf(before).some(begins);
  const names = namesIn(scenario);
  const heard = names.find((name) => wordsOf(before).includes(name.toLowerCase()));
  return {
    letters,
    isNamed: heard !== undefined,
    heard: agrees ? undefined : (heard ?? before),
    known: names.find(begins),
  };
}
