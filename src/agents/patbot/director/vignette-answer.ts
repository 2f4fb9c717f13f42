import type { Scenario } from '../../../scenarios/scenario.js';
import { stemsOf } from '../../../transcript/spoken.js';
import { askingClauses } from '../ear/asking-clauses.js';
import { spokenDate } from '../voice/spoken-date.js';
import type { VIGNETTE_LABELS } from '../ear/topics.js';
import { mayTell, type Disclosure } from './disclosure.js';

export type VignettePart = keyof typeof VIGNETTE_LABELS;

/** People on the line who know nothing of the patient. */
const STRANGERS: readonly Scenario['speaker']['role'][] = ['wrong-person', 'voicemail'];

/**
 * What the vignette says to a question, in bare words that suit whoever speaks: the entries that the
 * question names of a history, all of the medicines and allergies. Undefined where whoever speaks cannot know it.
 */
export function vignetteAnswer(
  part: VignettePart,
  { vignette, speaker }: Scenario,
  agentText: string,
): string | undefined {
  const others = speaker.role !== 'patient' && /\byour?\b/i.test(agentText);
  if (part === 'speaker' || (part === 'name' && others)) return speakerLine({ vignette, speaker });
  if (part === 'age' && others) return ageOf(speaker);
  if (isStranger({ speaker })) return undefined;
  switch (part) {
    case 'name':
      return `${vignette.name}.`;
    case 'born':
      return `${spokenDate(vignette.dateOfBirth, 'ordinal')}.`;
    case 'age':
      return `${vignette.age}.`;
    case 'occupation':
    case 'home':
      return vignette[part] && sentence(vignette[part]);
    default:
      return entriesLine(vignette[part], part === 'history' ? agentText : '');
  }
}

export function isStranger({ speaker }: Pick<Scenario, 'speaker'>): boolean {
  return STRANGERS.includes(speaker.role);
}

/** Whether the ledger keeps back what this part says, or something that belongs to it. */
export function heldBack(
  part: VignettePart | Scenario['recalls'][number]['part'],
  { vignette, ledger }: Scenario,
  { triggerTurn }: Disclosure,
  turn: number,
): boolean {
  if (part !== 'history' && part !== 'drugs' && part !== 'allergies') return false;
  const unrecorded = part === 'drugs' && vignette.unrecordedDrugs.length > 0;
  if (unrecorded && triggerTurn === undefined) return true;
  const words = stemsOf(vignette[part].join(' '));
  return ledger
    .filter((fact) => !mayTell(fact, turn))
    .some((fact) => [...stemsOf(fact.text)].some((word) => words.has(word)));
}

/** Who is on the line: a name, and what they are to the patient. */
export function speakerLine({ vignette, speaker }: Pick<Scenario, 'vignette' | 'speaker'>): string {
  if (speaker.role === 'patient') return `It's me, ${vignette.name}.`;
  const [relation] = speaker.relation?.split(/[,;]/) ?? [];
  return `${[speaker.name, relation?.toLowerCase()].filter(Boolean).join(', ')}.`;
}

/** A speaker's age, where the case gives it ("grandson aged nine"). */
function ageOf({ relation = '' }: Scenario['speaker']): string | undefined {
  const [, age] = relation.split(' aged ');
  return age && sentence(age);
}

function entriesLine(entries: readonly string[], agentText: string): string {
  if (entries.length === 0) return 'None that I know of.';
  const asked = stemsOf(
    askingClauses(agentText)
      .map(({ text }) => text)
      .join(' '),
  );
  const named = entries.filter((entry) => [...stemsOf(entry)].some((stem) => asked.has(stem)));
  const said = (named.length > 0 ? named : entries).map((entry) =>
    entry.replace(/ \(([^)]*)\)/g, ', $1'),
  );
  const [first = '', ...others] = said;
  const last = others.pop();
  const list = last === undefined ? first : `${[first, ...others].join(', ')} and ${last}`;
  return sentence(list);
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
