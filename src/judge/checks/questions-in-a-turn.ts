import { abstain, pass, shown, type CheckOf } from './check.js';

/** Too many questions in one turn, by the clauses that ask; an elliptic list may be one question. */
export const questionsInATurn: CheckOf<'questions-in-a-turn'> = ({ agentTurns }, _mode, check) => {
  const stacked = agentTurns.find(({ reading }) => reading.questions.certain >= check.atLeast);
  if (stacked) {
    const because = `${stacked.reading.questions.certain} questions in one turn.`;
    return shown('fail', stacked, stacked.text, because);
  }
  return agentTurns.some(({ reading }) => reading.questions.possible >= check.atLeast)
    ? abstain('A turn may hold one list of questions, or several questions.')
    : pass(`No turn holds ${check.atLeast} questions.`);
};
