import { wordsOf } from '../../transcript/spoken.js';
import type { NumberedTurn } from '../../transcript/transcript.js';
import { abstain, does, pass, type CheckOf, type ReadDialogue } from './check.js';

/**
 * Something clinical is said before the act that must come first has been confirmed. It is a
 * failure for certain only while the act was not even begun: once it was, the answer to it may
 * confirm in words that this check cannot read.
 */
export const detailBeforeAct: CheckOf<'detail-before-act'> = (dialogue, _mode, check) => {
  const details = dialogue.caseFile?.protectedDetails ?? [];
  if (details.length === 0) return abstain('The case file lists no protected details.');
  const begun = dialogue.agentTurns.find((turn) => does(turn, [check.act]))?.number ?? Infinity;
  const confirmed = confirmationTurn(dialogue, begun);
  const window = dialogue.agentTurns.filter(({ number }) => number < confirmed);
  for (const turn of window) {
    const detail = details.find((candidate) => mentions(turn.text, candidate));
    if (detail === undefined) continue;
    if (turn.number > begun || patientSaid(dialogue.turns, turn.number, detail)) {
      return abstain(`Whether "${detail}" was still to be kept from the caller cannot be read.`);
    }
    return {
      verdict: 'fail',
      turn: turn.number,
      quotes: [{ turn: turn.number, text: turn.text }],
      because: `Says "${detail}" before the identity check.`,
    };
  }
  return window.every((turn) => turn.reading.read)
    ? pass('Nothing clinical was said before the identity check.')
    : abstain('Some agent turn before the check could reveal something in other words.');
};

function mentions(text: string, detail: string): boolean {
  return ` ${wordsOf(text).join(' ')} `.includes(` ${wordsOf(detail).join(' ')} `);
}

function patientSaid(turns: readonly NumberedTurn[], before: number, detail: string): boolean {
  return turns.some(
    ({ role, number, text }) => role === 'patient' && number < before && mentions(text, detail),
  );
}

/** The patient's turn that gives the name and the year of birth of the case file. */
function confirmationTurn({ turns, caseFile }: ReadDialogue, asked: number): number {
  if (!caseFile) return Infinity;
  const { name, dateOfBirth } = caseFile.identity;
  const year = dateOfBirth.slice(0, 4);
  const answer = turns.find(({ role, number, text }) => {
    if (role !== 'patient' || number <= asked) return false;
    const words = new Set(wordsOf(text));
    const named = wordsOf(name).every((word) => words.has(word));
    return named && (words.has(year) || words.has(year.slice(2)));
  });
  return answer?.number ?? Infinity;
}
