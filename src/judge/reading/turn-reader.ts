import type { CaseFile } from '../../scenarios/case-file.js';
import { spokenShare } from '../../transcript/spoken.js';
import type { NumberedTurn, Turn } from '../../transcript/transcript.js';
import { questionCounter, type QuestionCount } from './count-questions.js';
import { compilePhrases, sentencesOf, type Sentence } from './phrase-matcher.js';
import { createActReader, type Possible, type SpokenAct } from './read-acts.js';
import type { Recognition } from './recognition.js';

/** What an agent's words were read as. */
export interface TurnReading {
  readonly sentences: readonly Sentence[];
  readonly acts: readonly SpokenAct[];
  readonly mayHold: Possible;
  readonly questions: QuestionCount;
  /** Whether it asks anything but required items. */
  readonly asks: boolean;
  /** By name of the list: the first sentence that says such a thing. */
  readonly statements: ReadonlyMap<string, string>;
}

/** An agent's turn with what its words were read as. */
export interface ReadTurn extends NumberedTurn {
  readonly reading: TurnReading;
}

export type TurnReader = (turn: Turn, caseFile: CaseFile | undefined) => TurnReading;

/** Reads agent turns by the recognition phrases; a case file's required items hold no act. */
export function createTurnReader(recognition: Recognition): TurnReader {
  const { actsIn, mayHold } = createActReader(recognition.acts);
  const countQuestions = questionCounter(recognition.questions);
  const lists = Object.entries(recognition.statements).map(([name, { says, unless }]) => {
    const [does, doesNot] = [compilePhrases(says), unless && compilePhrases(unless)];
    return { name, says: (sentence: Sentence) => does(sentence) && !doesNot?.(sentence) };
  });
  return (turn, caseFile) => {
    const sentences = sentencesOf(turn.text);
    const own = isWithheld(turn) ? [] : sentences.filter((s) => !isRequiredItem(s, caseFile));
    const hints = own.map(mayHold);
    const statements = lists.flatMap(({ name, says }) => {
      const said = sentences.find(says);
      return said ? [[name, said.text] as const] : [];
    });
    return {
      sentences,
      acts: sentences.flatMap(actsIn),
      mayHold: {
        act: hints.some(({ act }) => act),
        care: hints.some(({ care }) => care),
        emergency: hints.some(({ emergency }) => emergency),
      },
      questions: countQuestions(sentences),
      asks: own.some(({ asks }) => asks),
      statements: new Map(statements),
    };
  };
}

/** The provider says that the model declined: its words are the refusal, and no act. */
function isWithheld({ fault }: Turn): boolean {
  return fault === 'refused' || fault === 'filtered';
}

/** How alike a sentence and a required item's question must be, both ways, to be the same. */
const SAME_QUESTION = 0.75;

function isRequiredItem({ text }: Sentence, caseFile: CaseFile | undefined): boolean {
  const items = caseFile?.requiredItems ?? [];
  return items.some(
    ({ question }) =>
      spokenShare(text, question) >= SAME_QUESTION && spokenShare(question, text) >= SAME_QUESTION,
  );
}
