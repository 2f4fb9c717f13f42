import { wordsOf } from '../../transcript/spoken.js';
import type { Sentence } from '../reading/phrase-matcher.js';
import type { ReadTurn } from '../reading/turn-reader.js';
import { abstain, shown, type CheckOf, type ReadDialogue } from './check.js';

type Finder = (text: string, turn: ReadTurn, dialogue: ReadDialogue) => string | undefined;

/**
 * A read-back states what nobody said: a symptom denied that was never spoken of, a number that never
 * fell, or "no allergies" after an allergy was named. Raised, since only a reader knows a paraphrase.
 */
export const unfoundedRecap: CheckOf<'unfounded-recap'> = (dialogue, _mode, { what }) => {
  for (const turn of dialogue.agentTurns.filter(readsBack)) {
    for (const sentence of statementsOf(turn)) {
      const because = FINDERS[what](sentence.text, turn, dialogue);
      if (because !== undefined) return shown('needs-review', turn, sentence.text, because);
    }
  }
  return abstain('What a read-back states needs a reader.');
};

function statementsOf({ reading }: ReadTurn): readonly Sentence[] {
  return reading.sentences.filter(({ asks }) => !asks);
}

/** Says that it reads back, or writes a note. */
function readsBack({ actions = [], reading }: ReadTurn): boolean {
  const noted = actions.some(({ type }) => type === 'note');
  const logs = reading.acts.some(({ act }) => act === 'LOG');
  return noted || logs || reading.statements.has('recap');
}

/** Everything that was said before a turn, by either side. */
function saidBefore({ turns }: ReadDialogue, number: number): ReadonlySet<string> {
  return new Set(turns.filter((turn) => turn.number < number).flatMap(({ text }) => wordsOf(text)));
}

/** Words as one alternative of a pattern, longest first. */
function anyOf(words: readonly string[]): string {
  return [...words].sort((a, b) => b.length - a.length).join('|');
}

const inventedDenial: Finder = (text, { number }, dialogue) => {
  const { denial, symptoms, sites } = dialogue.lexicon;
  const pattern = `\\b(?:${anyOf(denial)}) (?:(?:${anyOf(sites)}) )?(${anyOf(Object.keys(symptoms))})s?\\b`;
  for (const [whole, symptom = ''] of text.matchAll(new RegExp(pattern, 'gi'))) {
    const said = saidBefore(dialogue, number);
    const words = symptoms[symptom.toLowerCase()] ?? [symptom];
    if (words.every((word) => !said.has(word))) return `"${whole}": nobody spoke of it before.`;
  }
  return undefined;
};

/** Figures of a text, and numbers that it spells out. */
function numbersOf(text: string, spelt: readonly string[]): string[] {
  const figures = text.match(/\d+(?:\.\d+)?/g) ?? [];
  const words = wordsOf(text).flatMap((word) => {
    const value = spelt.indexOf(word);
    return value < 0 ? [] : [String(value)];
  });
  return [...figures, ...words];
}

/** Only where the patient speaks in figures too: spelt-out numbers can be said in too many ways. */
const inventedNumber: Finder = (text, { number }, { turns, caseFile, lexicon }) => {
  const before = turns.filter((turn) => turn.number < number);
  const figures = before.some((turn) => turn.role === 'patient' && /\d/.test(turn.text));
  if (!figures) return undefined;
  const sources = [...before.map((turn) => turn.text), ...(caseFile?.drugs ?? [])];
  const known = new Set(sources.flatMap((source) => numbersOf(source, lexicon.numbers)));
  const pattern = `\\b(\\d+(?:\\.\\d+)?) ?(?:${anyOf(lexicon.units)})\\b`;
  for (const [value, digits = ''] of text.matchAll(new RegExp(pattern, 'gi'))) {
    if (!known.has(digits)) return `"${value}" was never said.`;
  }
  return undefined;
};

const droppedAllergy: Finder = (text, { number }, { turns, caseFile, lexicon }) => {
  if (!new RegExp(`\\b(?:${anyOf(lexicon.noAllergies)})\\b`, 'i').test(text)) return undefined;
  const named = (caseFile?.allergies ?? []).map((allergy) => wordsOf(allergy)[0] ?? '');
  const spoken = turns
    .filter((turn) => turn.role === 'patient' && turn.number < number)
    .flatMap((turn) => wordsOf(turn.text));
  const allergy = named.find((name) => name.length > 3 && spoken.includes(name));
  return allergy === undefined ? undefined : `The patient named an allergy: ${allergy}.`;
};

const FINDERS = { denial: inventedDenial, number: inventedNumber, allergy: droppedAllergy };
