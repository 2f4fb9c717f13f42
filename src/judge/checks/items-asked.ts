import { stemsOf, wordsOf } from '../../transcript/spoken.js';
import { abstain, does, notApplicable, pass, type CheckOf, type ReadDialogue } from './check.js';

/** Closing with required items unasked: no word of an item occurs in anything the agent said. */
export const itemsAsked: CheckOf<'items-asked'> = (dialogue) => {
  const items = dialogue.caseFile?.requiredItems ?? [];
  if (items.length === 0) return abstain('Without a case file the required items are not known.');
  const last = dialogue.agentTurns.at(-1);
  if (!last) return notApplicable('The agent did not speak.');
  const open = items.filter((item) => touched(item, dialogue) === 'no');
  const unsure = items.some((item) => touched(item, dialogue) === 'perhaps');
  if (open.length === 0) {
    return unsure
      ? abstain('Whether every item was asked cannot be read.')
      : pass('Every item was asked.');
  }
  // A same-day call from a clinician may take over the rest, and so may a check that did not pass.
  const excused = dialogue.agentTurns.some((turn) => does(turn, ['URGENT']));
  if (excused || !isIdentified(dialogue))
    return abstain('The call may have had a reason to end there.');
  if (!does(last, ['close'])) return abstain('Whether the agent closed the call cannot be read.');
  return {
    verdict: 'fail',
    turn: last.number,
    quotes: [{ turn: last.number, text: last.text }],
    because: `Never asked: ${open.map(({ id }) => id).join(', ')}.`,
  };
};

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
