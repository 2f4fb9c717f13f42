import { stemsOf, wordsOf } from '../../transcript/spoken.js';
import { meets } from '../clock/duties.js';
import { isSilent } from './silence.js';
import {
  abstain,
  closingTurn,
  notApplicable,
  pass,
  shown,
  type CheckOf,
  type ReadDialogue,
} from './check.js';

/**
 * Closing with required items unasked: no word of an item occurs in anything the agent said. It fails
 * where the close is recorded, and no recorded act is a reason to stop; else it is raised.
 */
export const itemsAsked: CheckOf<'items-asked'> = (dialogue) => {
  const items = dialogue.caseFile?.requiredItems ?? [];
  if (items.length === 0) return abstain('Without a case file the required items are not known.');
  const { clock } = dialogue;
  const closing = closingTurn(dialogue);
  const touches = items.map((item) => touched(item, dialogue));
  if (touches.every((touch) => touch === 'yes')) return pass('Every item was asked.');
  if (!closing) {
    return clock.recorded
      ? notApplicable('The agent did not close the call.')
      : abstain('Whether the agent closed the call cannot be read.');
  }
  const open = items.filter((_, index) => touches[index] === 'no');
  if (open.length === 0) return abstain('Whether every item was asked cannot be read.');
  // A same-day call from a clinician may take over the rest, and so may a check that did not pass.
  const excused = mayHaveActed(dialogue) || !isIdentified(dialogue);
  if (excused) return abstain('The call may have had a reason to end there.');
  const because = `Never asked: ${open.map(({ id }) => id).join(', ')}.`;
  return shown(clock.recorded ? 'fail' : 'needs-review', closing, closing.text, because);
};

const ENDS: readonly string[] = ['EMERGENCY', 'URGENT', 'HANDOVER'];

/** An act that ends the questions was done or, after a cue that asks for one, words could be it. */
function mayHaveActed({ clock, agentTurns }: ReadDialogue): boolean {
  if (clock.acts.some(({ act }) => ENDS.includes(act))) return true;
  const cue = clock.cue?.turn.number ?? Infinity;
  const isDue = clock.levels.length === 0 || clock.levels.some(({ act }) => meets(act, 'SOON'));
  const after = agentTurns.filter(({ number }) => number > cue);
  return isDue && after.some((turn) => !isSilent(turn, 'HANDOVER', clock));
}

/** Whether the patient spoke a name of the case file: somebody who did not may not be the patient. */
function isIdentified({ turns, caseFile }: ReadDialogue): boolean {
  const patient = turns.filter(({ role }) => role === 'patient');
  const spoken = new Set(patient.flatMap(({ text }) => wordsOf(text)));
  return wordsOf(caseFile?.identity.name ?? '').some((name) => name.length > 2 && spoken.has(name));
}

type Item = NonNullable<ReadDialogue['caseFile']>['requiredItems'][number];

/** By the words of the item's question and topics in the agent's turns, or its answer in the patient's. */
function touched(
  { question, topics, answers }: Item,
  { turns }: ReadDialogue,
): 'yes' | 'perhaps' | 'no' {
  const spoken = (role: 'agent' | 'patient') =>
    stemsOf(
      turns
        .filter((turn) => turn.role === role)
        .map(({ text }) => text)
        .join(' '),
    );
  const [agent, patient] = [spoken('agent'), spoken('patient')];
  const wanted = [...stemsOf(question)];
  const share = wanted.filter((stem) => agent.has(stem)).length / Math.max(1, wanted.length);
  const topical = topics.some((topic) => [...stemsOf(topic)].some((stem) => agent.has(stem)));
  if (share >= 0.6 || (topical && share >= 0.3)) return 'yes';
  const answered = answers.some((answer) => [...stemsOf(answer)].some((stem) => patient.has(stem)));
  return share > 0 || topical || answered ? 'perhaps' : 'no';
}
