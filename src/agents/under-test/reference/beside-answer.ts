import { wordsOf } from '../../../transcript/spoken.js';
import { holds, opensWith, weigh } from './answer-grammar.js';
import { saidBack } from './said-back.js';
import { statementsOf } from './sentences.js';

/** Where a reply turns from its answer to something else. */
const TURNS = /[.;!,] ?|\b(?=(?:only|just|but|except|apart from|bar|though|mind)\b)/i;
/** The rest of a list that was denied: "no pain, shivers or sickness". */
const GOES_ON = /\b(?:or|nor)\b/i;
/** What was and is no more, or has always been so. */
const PAST =
  /\b(?:gone|stopped|settled|cleared?|better|eas(?:ed|ing)|healed|used to|was|were|had|ago|before|years?|always|allus|aye|usual\w*|normal\w*|if|when i was)\b/i;

/** Whether words tell of a symptom that is there now. */
function isPresent(words: string): boolean {
  return holds('symptom', words) && !holds('no', words) && !PAST.test(words);
}

/**
 * A symptom that a reply brings up beside its yes or no ("no, only the blood"), in the patient's
 * words; undefined where there is none.
 */
export function symptomBeside(reply: string): string | undefined {
  const clauses = saidBack(reply)
    .split(TURNS)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '');
  const beside = clauses.findIndex((clause, index) => {
    const answered = clauses.slice(0, index).some(isAllClear) && !GOES_ON.test(clause);
    return answered && isPresent(clause);
  });
  return beside < 0 ? undefined : clauses[beside];
}

function isAllClear(clause: string): boolean {
  return (holds('no', clause) || holds('state', clause)) && !isPresent(clause);
}

/** Whether what a question asks after is there, going by an unhedged yes or the symptom itself. */
export function affirms(question: string, reply: string): boolean {
  const told = statementsOf(reply);
  const { left, evasions } = weigh(told);
  if (!holds('symptom', question) || holds('change', question) || /\bhow\b/i.test(question))
    return false;
  if (evasions.has('conditional') || PAST.test(told) || holds('no', left)) return false;
  return opensWith('yes', left) || (isPresent(left) && wordsOf(left).length > 1);
}
