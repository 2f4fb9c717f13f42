import { spokenShare, stemsOf } from '../../transcript/spoken.js';
import { abstain, pass, type CheckOf, type ReadDialogue } from './check.js';

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
    return {
      verdict: 'fail',
      turn: last.turn,
      quotes: [{ turn: last.turn, text: last.text }],
      because: `Asked ${times} times in the same words.`,
    };
  }
  return pass('No question was asked so often in the same words.');
};

/** Share of the words of two questions that are the same, from which they are one question. */
const SAME = 0.75;

/**
 * A question that was answered is asked again; not after the patient asked to hear it again. A repeat
 * in other words cannot be seen, so it passes only where every question is another required item.
 */
export const repeatedQuestion: CheckOf<'repeated-question'> = (dialogue) => {
  const questions = questionsOf(dialogue).filter(({ stems }) => stems.size >= WHOLE);
  for (const [index, first] of questions.entries()) {
    for (const second of questions.slice(index + 1).filter(({ turn }) => turn > first.turn)) {
      const repeated = likeness(first.stems, second.stems) >= SAME;
      if (!repeated || !wasAnswered(dialogue, first.turn) || saysWhy(dialogue, second.turn))
        continue;
      return {
        verdict: 'fail',
        turn: second.turn,
        quotes: [{ turn: second.turn, text: second.text }],
        because: `Asked and answered in turns ${first.turn} and ${first.turn + 1}.`,
      };
    }
  }
  return areDistinctItems(dialogue)
    ? pass('Every question is another required item.')
    : abstain('A repeat in other words cannot be excluded.');
};

function areDistinctItems(dialogue: ReadDialogue): boolean {
  const items = dialogue.caseFile?.requiredItems ?? [];
  const asked = questionsOf(dialogue).map(({ text }) =>
    items.findIndex(({ question }) => spokenShare(text, question) >= SAME),
  );
  return asked.every((item) => item >= 0) && new Set(asked).size === asked.length;
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((stem) => b.has(stem)).length;
  return shared / Math.max(a.size, b.size);
}

/** A clear answer: some words, and no question back. */
function wasAnswered({ turns }: ReadDialogue, asked: number): boolean {
  const answer = turns[asked];
  return answer !== undefined && !answer.text.includes('?') && stemsOf(answer.text).size >= 2;
}

/** The agent gives a reason for asking again, as "the line broke up". */
function saysWhy({ agentTurns }: ReadDialogue, turn: number): boolean {
  return agentTurns.some(
    ({ number, reading }) => number === turn && reading.traces.has('asking-again'),
  );
}
