import { cueTexts } from '../../../scenarios/scenario.js';
import type { Standing } from './standing.js';
import { inBrief } from './said-back.js';
import { lettersIn, spelledIn, type Spelled } from './spelling.js';
import { choosesBetween } from './told-apart.js';
import type { Move } from './utter.js';

function slotsOf({ letters, known = '', heard = '' }: Spelled): Record<string, string> {
  return { letters, known, misheard: inBrief(heard) };
}

/** The letters are said back; where they are not those of the name that was heard, it is asked which holds. */
export function hearSpelling({ setting, ear, heard, cueWords }: Standing): Move[] {
  const text = heard?.text ?? '';
  const spelled = spelledIn(setting.scenario, text, cueWords);
  const item = ear.cueItem;
  if (!spelled || !item) return [{ name: 'mark-unclear' }];
  ear.record.items.answer(item, spelled.letters);
  if (spelled.heard === undefined) {
    ear.record.items.settle(item, spelled.letters);
    return [{ name: 'spelled-ok', slots: slotsOf(spelled) }];
  }
  const named = spelled.isNamed ? 'spelling-which' : 'spelling-known';
  const name = spelled.known === undefined ? 'spelling-differs' : named;
  return [{ name, slots: slotsOf(spelled) }];
}

/** What the patient says to it; without a choice the letters stand, as not clear. */
export function settleSpelling({ setting, ear, heard, cueWords, last }: Standing): Move[] {
  const item = ear.cueItem;
  const asked = last?.moves.some((move) => move.startsWith('spelling-')) === true;
  if (!asked || !item) return [];
  const reply = heard?.text ?? '';
  const letters = lettersIn(ear.record.items.answerTo(item.id) ?? '') ?? '';
  const spelled = spelledIn(setting.scenario, letters, cueWords);
  const [one, other] = [
    spelled?.known ?? '',
    spelled?.heard ?? cueTexts(setting.scenario).join(' '),
  ];
  const again = lettersIn(reply);
  if (again !== undefined) {
    ear.record.items.settle(item, again);
    return [{ name: 'spelled-ok', slots: { letters: again, known: one } }];
  }
  if (choosesBetween(other, one, reply)) {
    ear.record.items.settle(item, `${letters}. ${inBrief(reply)}`);
    return [{ name: 'confirm-chosen', slots: { chosen: inBrief(reply) } }];
  }
  ear.record.items.settle(item, letters);
  return [{ name: 'spelled-unclear', slots: { letters } }];
}
