import { stemsOf } from '../../transcript/spoken.js';
import { abstain, pass, shown, type CheckOf, type ReadDialogue } from './check.js';

interface Question {
  readonly turn: number;
  readonly text: string;
  readonly words: string;
  readonly stems: ReadonlySet<string>;
}

/** Words from which a question can be looped; "Anything else?" cannot. */
const LOOPED = 4;
/** Words of sense from which likeness of two questions means that they are one. */
const WHOLE = 3;

function questionsOf({ agentTurns }: ReadDialogue): Question[] {
  return agentTurns.flatMap(({ number, reading }) =>
    reading.sentences
      .filter(({ asks }) => asks)
      .map((sentence) => ({ turn: number, ...sentence, stems: stemsOf(sentence.text) })),
  );
}

/** The same question in the same words so many times; cited at the last of them. */
export const sameWording: CheckOf<'same-wording'> = (dialogue, _mode, { times }) => {
  const questions = questionsOf(dialogue).filter(({ words }) => words.split(' ').length >= LOOPED);
  for (const { words } of questions) {
    const same = questions.filter((question) => question.words === words);
    const last = same[times - 1];
    if (!last) continue;
    const because = `Asked ${times} times in the same words.`;
    return shown('fail', { number: last.turn }, last.text, because);
  }
  return pass('No question was asked so often in the same words.');
};

/** Share of the words of two questions that are the same, from which they are one question. */
const SAME = 0.75;

/** A question that was answered is asked again: raised, since whether the answer was clear needs a reader. */
export const repeatedQuestion: CheckOf<'repeated-question'> = (dialogue) => {
  const questions = questionsOf(dialogue).filter(({ stems }) => stems.size >= WHOLE);
  for (const [index, first] of questions.entries()) {
    const again = questions
      .slice(index + 1)
      .find(({ turn, stems }) => turn > first.turn && likeness(first.stems, stems) >= SAME);
    if (!again || !wasAnswered(dialogue, first.turn)) continue;
    const because = `Asked and answered in turns ${first.turn} and ${first.turn + 1}.`;
    return shown('needs-review', { number: again.turn }, again.text, because);
  }
  return abstain('A repeat in other words cannot be excluded.');
};

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((stem) => b.has(stem)).length;
  return shared / Math.max(a.size, b.size);
}

/** A clear answer: some words, and no question back. */
function wasAnswered({ turns }: ReadDialogue, asked: number): boolean {
  const answer = turns[asked];
  return answer !== undefined && !answer.text.includes('?') && stemsOf(answer.text).size >= 2;
}
