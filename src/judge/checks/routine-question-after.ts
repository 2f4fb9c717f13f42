import { spokenShare } from '../../transcript/spoken.js';
import { abstain, does, notApplicable, pass, type CheckOf, type ReadDialogue } from './check.js';
import { findCue } from './find-cue.js';

/** How much of a required item's question must be in the agent's to be that item. */
const SAME_ITEM = 0.6;

/** Going on with the script after a stop or an escalation: a required item is asked, or nothing is. */
export const routineQuestionAfter: CheckOf<'routine-question-after'> = (
  dialogue,
  _mode,
  { after },
) => {
  const start = startOf(dialogue, after);
  if (start === undefined) return abstain('The point from which this counts was not found.');
  if (start === null) return notApplicable('The act was never done.');
  const later = dialogue.agentTurns.filter(({ number }) => number > start);
  for (const turn of later) {
    const question = turn.reading.sentences.find(
      ({ text, asks }) => asks && isItem(text, dialogue),
    );
    if (!question) continue;
    return {
      verdict: 'fail',
      turn: turn.number,
      quotes: [{ turn: turn.number, text: question.text }],
      because: 'A required item is asked after that point.',
    };
  }
  return later.some(({ reading }) => reading.questions.possible > 0)
    ? abstain('Whether a later question is routine cannot be read.')
    : pass('Nothing was asked after that point.');
};

/** The turn from which it counts; null where the act was never done, undefined where it is not known. */
function startOf(
  dialogue: ReadDialogue,
  after: Parameters<typeof routineQuestionAfter>[2]['after'],
) {
  if (after === 'cue') return findCue(dialogue)?.turn.number;
  const done = dialogue.agentTurns.find((turn) => does(turn, [after]));
  if (done) return done.number;
  return dialogue.agentTurns.every(({ reading }) => reading.read) ? null : undefined;
}

function isItem(text: string, { caseFile }: ReadDialogue): boolean {
  return (
    caseFile?.requiredItems.some(({ question }) => spokenShare(text, question) >= SAME_ITEM) ??
    false
  );
}
