import { wordsOf } from '../../transcript/spoken.js';
import type { NumberedTurn } from '../../transcript/transcript.js';
import { abstain, pass, shown, type CheckOf, type ReadDialogue } from './check.js';

/**
 * Something clinical is said before the act that must come first has been confirmed. It is a failure
 * for certain only while the act was not even begun and the caller had given no part of it: after that
 * the answer may confirm in words that this check cannot read.
 */
export const detailBeforeAct: CheckOf<'detail-before-act'> = (dialogue, _mode, check) => {
  const details = dialogue.caseFile?.protectedDetails ?? [];
  if (details.length === 0) return abstain('The case file lists no protected details.');
  const begun = dialogue.clock.acts.find(({ act }) => act === check.act)?.turn ?? Infinity;
  const confirmed = confirmationTurn(dialogue);
  for (const turn of dialogue.agentTurns.filter(({ number }) => number < confirmed)) {
    const detail = details.find((candidate) => mentions(turn.text, candidate));
    if (detail === undefined) continue;
    if (turn.number > begun || hasAnswered(dialogue, turn, detail)) {
      return abstain(`Whether "${detail}" was still to be kept from the caller cannot be read.`);
    }
    return shown('fail', turn, turn.text, `Says "${detail}" before the identity check.`);
  }
  return Number.isFinite(confirmed)
    ? pass('None of the protected details was said before name and year of birth were given.')
    : abstain('Something may have been revealed in other words.');
};

function mentions(text: string, detail: string): boolean {
  return ` ${wordsOf(text).join(' ')} `.includes(` ${wordsOf(detail).join(' ')} `);
}

/** The caller has given a name or the year of birth, or named the detail, before this turn. */
function hasAnswered(
  { turns, caseFile }: ReadDialogue,
  { number }: NumberedTurn,
  detail: string,
): boolean {
  const identity = caseFile?.identity ?? { name: '', dateOfBirth: '' };
  const parts = [...wordsOf(identity.name), identity.dateOfBirth.slice(0, 4)];
  return turns.some(({ role, number: at, text }) => {
    if (role !== 'patient' || at > number) return false;
    const words = new Set(wordsOf(text));
    return mentions(text, detail) || parts.some((part) => part.length > 2 && words.has(part));
  });
}

/** The patient's turn that gives the name and the year of birth of the case file. */
function confirmationTurn({ turns, caseFile }: ReadDialogue): number {
  if (!caseFile) return Infinity;
  const { name, dateOfBirth } = caseFile.identity;
  const year = dateOfBirth.slice(0, 4);
  const answer = turns.find(({ role, text }) => {
    const words = new Set(wordsOf(text));
    const named = wordsOf(name).every((word) => words.has(word));
    return role === 'patient' && named && (words.has(year) || words.has(year.slice(2)));
  });
  return answer?.number ?? Infinity;
}
