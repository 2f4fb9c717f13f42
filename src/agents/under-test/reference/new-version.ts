import { holds } from './answer-grammar.js';
import { inBrief } from './said-back.js';
import { sentences, statementsOf } from './sentences.js';

/** Who says that the earlier answer was wrong has said which one holds. */
const TAKES_BACK =
  /\b(?:wrong (?:line|one|number|figure|page|thing|day|way)|(?:told|gave|given|said|read)(?: (?:you|it|ye|to you|that|it out))* wrong|scrap that|cross that out|tell a lie|not right what i|what i (?:told you|said) (?:was|is|wasn['’]?t|isn['’]?t)|i (?:misread|misspoke|got (?:it|that) wrong|made a mistake|take (?:it|that) back|should have said)|(?:let me|i need to|i have to|i must) (?:correct|put (?:that|it) right)|that(?:['’]s| is| was) (?:not right|wrong|the old))\b/i;

/** Lists of `answers.yaml` of which a word makes a sentence more than the taking back. */
const TELLS = ['symptom', 'number', 'drug', 'amount', 'time', 'site'];

/** "Five, no, two and a half": what comes after the slip. */
const SLIP = /^[^.,]{1,40}[,.…]+ ?(?:no|sorry|i mean|or rather|scrap that)[,.…]+ ?(?=[^.]*\w)/i;

/** Whether the patient puts an earlier answer right in so many words. */
export function takesBack(words: string): boolean {
  return TAKES_BACK.test(words);
}

/** What an answer now is: the sentences that hold a finding or a figure, without the taking back. */
export function newVersion(words: string): string {
  const told = sentences(statementsOf(words) || words).map(withoutSlip);
  const telling = told.filter((each) => TELLS.some((list) => holds(list, each)));
  const plain = telling.filter((each) => !TAKES_BACK.test(each));
  const kept = [plain, telling, told].find((each) => each.length > 0) ?? told;
  return inBrief(kept.join(' '));
}

function withoutSlip(sentence: string): string {
  const rest = sentence.replace(SLIP, '');
  return holds('number', rest) ? rest : sentence;
}
