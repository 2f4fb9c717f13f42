import type { Fact } from '../../scenarios/scenario.js';
import { SPOKEN, spokenShare, stemsOf, wordsOf } from '../../transcript/spoken.js';
import type { Said } from './said.js';
import { spokenDate } from './voice/spoken-date.js';
import { isAmong, numbersIn } from './spoken-numbers.js';

/** A fact or the trigger before its time. The flaw names neither: the model is not to learn them. */
export function earlyFlaw({
  text,
  lines,
  told,
  turns,
  scenario,
  triggerWording,
}: Said): string | undefined {
  const known = stemsOf([...lines, ...turns.map((turn) => turn.text)].join(' '));
  const fresh = [...stemsOf(text)].filter((stem) => !known.has(stem));
  const early =
    scenario.ledger.some((fact) => !isTold(fact, told) && tellsFact(text, fresh, fact)) ||
    (!told.includes(triggerWording) && tells(text, fresh, triggerWording));
  return early ? 'it tells more than it should; keep to the lines.' : undefined;
}

/** A patient often stops after the first sentence of a fact, and has told it then. */
function isTold({ text, alternative = text }: Fact, told: readonly string[]): boolean {
  return told.some((line) => text.startsWith(line) || alternative.startsWith(line));
}

function tellsFact(text: string, fresh: readonly string[], fact: Fact): boolean {
  const wordings = [fact.text, fact.alternative ?? fact.text];
  return wordings.some((wording) =>
    fact.redFlag ? hintsAt(fresh, wording) : tells(text, fresh, wording),
  );
}

/** Says a wording, and in words that nobody has used yet: two at least, as one proves nothing. */
function tells(text: string, fresh: readonly string[], wording: string): boolean {
  return spokenShare(text, wording) >= SPOKEN && shared(fresh, stemsOf(wording)) >= 2;
}

/** Of a red flag two words of its own are enough, or its only one where that is no small word. */
function hintsAt(fresh: readonly string[], wording: string): boolean {
  const stems = stemsOf(wording);
  const [only = ''] = stems;
  if (stems.size === 1) return only.length > 4 && fresh.includes(only);
  return shared(fresh, stems) >= 2;
}

function shared(fresh: readonly string[], stems: ReadonlySet<string>): number {
  return fresh.filter((stem) => stems.has(stem)).length;
}

/**
 * A number that neither the lines, those told before nor the dialogue hold, and no age or date of birth. Other numbers of
 * the vignette were never told to the model. "One" and "a second" are idle words.
 */
export function numberFlaw({ text, lines, told, turns, scenario }: Said): string | undefined {
  const { age, dateOfBirth } = scenario.vignette;
  const sources = [...lines, ...told, ...turns.map((turn) => turn.text), dateOfBirth];
  const known = new Set([1, age, ...numbersIn(sources.join('\n'))]);
  const counted = text.replace(/\b(a|one) second\b/gi, '');
  const stranger = [...numbersIn(counted)].find((number) => !isAmong(number, known));
  return stranger === undefined ? undefined : `nothing gives you the number ${stranger}.`;
}

/** Name or date of birth wrong or wanting, where they are to be given. */
export function identityFlaw({ text, lines, direction, scenario }: Said): string | undefined {
  const { name, dateOfBirth } = scenario.vignette;
  if (direction.kind !== 'identity' || !lines.some((line) => line.includes(name))) return undefined;
  const words = wordsOf(text);
  if (!wordsOf(name).some((word) => words.includes(word))) return `the name is ${name}.`;
  const born = spokenDate(dateOfBirth, 'ordinal');
  return saysDate(text, dateOfBirth) ? undefined : `the date of birth is ${born}.`;
}

function saysDate(text: string, iso: string): boolean {
  const said = numbersIn(text);
  const [year = 0, month = 0, day = 0] = iso.split('-').map(Number);
  const [, monthName = ''] = spokenDate(iso, 'plain').split(' ');
  return (
    said.has(day) &&
    (said.has(month) || text.toLowerCase().includes(monthName.toLowerCase())) &&
    (isAmong(year, said) || said.has(year % 100))
  );
}

/** The trigger is to be noticed in its words; of other lines the answer may be bent to fit. */
export function unsaidFlaw({ text, lines, triggerWording }: Said): string | undefined {
  if (!lines.includes(triggerWording) || spokenShare(text, triggerWording) >= SPOKEN) {
    return undefined;
  }
  return `it does not say: ${triggerWording}`;
}
