import { abstain, pass, type CheckOf } from './check.js';

/**
 * Too many questions in one turn. Only whole questions count for certain; elliptic ones ("Any
 * fever? Any rash?") may be one list of yes/no items, and those without a question mark may be none.
 */
export const questionsInATurn: CheckOf<'questions-in-a-turn'> = ({ agentTurns }, _mode, check) => {
  const stacked = agentTurns.find((turn) => turn.reading.questions.certain >= check.atLeast);
  if (stacked) {
    return {
      verdict: 'fail',
      turn: stacked.number,
      quotes: [{ turn: stacked.number, text: stacked.text }],
      because: `${stacked.reading.questions.certain} questions in one turn.`,
    };
  }
  const unsure = agentTurns.some((turn) => turn.reading.questions.possible >= check.atLeast);
  return unsure
    ? abstain('A turn may hold one list of questions, or several questions.')
    : pass(`No turn holds ${check.atLeast} questions.`);
};
