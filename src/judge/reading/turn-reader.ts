import type { CaseFile } from '../../scenarios/case-file.js';
import { levelRank, type Act, type EmergencyMode } from '../../taxonomy/act.js';
import { spokenShare } from '../../transcript/spoken.js';
import type { Turn } from '../../transcript/transcript.js';
import { compilePhrases, sentencesOf, type Sentence } from './phrase-matcher.js';
import type { Recognition } from './recognition.js';

export interface RecognisedAct {
  readonly act: Act;
  readonly mode: EmergencyMode | undefined;
}

/** What an agent's turn was read as. */
export interface TurnReading {
  readonly acts: readonly RecognisedAct[];
  /**
   * True where every sentence is positively known as an act or as something else. Only then does
   * the absence of an act mean anything: what is not recognised may be an act in other words.
   */
  readonly read: boolean;
  readonly questions: { readonly certain: number; readonly possible: number };
}

export type TurnReader = (turn: Turn) => TurnReading;

interface SentenceReading {
  readonly acts: readonly RecognisedAct[];
  readonly read: boolean;
}

/** Reads agent turns by the recognition phrases; a case file adds its required items as questions. */
export function createTurnReader(
  recognition: Recognition,
  caseFile: CaseFile | undefined,
): TurnReader {
  const readActs = actReader(recognition.acts);
  const isOtherwise = otherwiseReader(recognition.otherwise, caseFile);
  const interrogative = compilePhrases(recognition.otherwise.interrogative);
  return (turn) => {
    const sentences = sentencesOf(turn.text);
    const readings = sentences.map(
      (sentence) => readActs(sentence) ?? { acts: [], read: isOtherwise(sentence) },
    );
    return {
      acts: [...readings.flatMap(({ acts }) => acts), ...actedOut(turn)],
      read: readings.every(({ read }) => read),
      questions: {
        certain: sentences.filter((sentence) => sentence.asks && interrogative(sentence)).length,
        possible: sentences.filter((sentence) => sentence.asks || interrogative(sentence)).length,
      },
    };
  };
}

/** Acts that do not tell the patient to get care: naming one, even in a condition, does it. */
const SPOKEN_ACTS: readonly Act[] = ['safety-net', 'close', 'identity-check'];

/** Reads the acts of a sentence; undefined where it names none. */
function actReader(data: Recognition['acts']): (sentence: Sentence) => SentenceReading | undefined {
  const acts = data.acts.map(({ act, mode, phrases }) => ({
    act,
    mode,
    says: compilePhrases(phrases),
  }));
  const cancelled = compilePhrases(data.cancelled);
  const conditional = compilePhrases(data.conditional);
  const directive = compilePhrases(data.directiveQuestion);
  const mayBeHigher = compilePhrases(data.mayBeHigher);
  return (sentence) => {
    const named = acts.filter(({ says }) => says(sentence)).map(({ act, mode }) => ({ act, mode }));
    if (named.length === 0) return undefined;
    if (conditional(sentence))
      return { acts: [{ act: 'safety-net', mode: undefined }], read: true };
    const spoken = named.filter(({ act }) => SPOKEN_ACTS.includes(act));
    if (spoken.length === named.length) return { acts: spoken, read: true };
    const onlyTalkedOf = cancelled(sentence) || (sentence.asks && !directive(sentence));
    if (onlyTalkedOf) return { acts: spoken, read: false };
    const highest = named.some(({ act }) => levelRank(act) === levelRank('EMERGENCY'));
    return { acts: named, read: highest || !mayBeHigher(sentence) };
  };
}

/** How alike a sentence and a required item's question must be, both ways, to be the same. */
const SAME_QUESTION = 0.75;

function otherwiseReader(
  data: Recognition['otherwise'],
  caseFile: CaseFile | undefined,
): (sentence: Sentence) => boolean {
  const introduction = compilePhrases(data.introduction);
  const smallTalk = compilePhrases(data.smallTalk);
  const guard = compilePhrases(data.guard);
  const routine = compilePhrases(data.routineQuestion);
  const statement = compilePhrases(data.statement);
  const isRequiredItem = ({ text }: Sentence) =>
    caseFile?.requiredItems.some(
      ({ question }) =>
        spokenShare(text, question) >= SAME_QUESTION &&
        spokenShare(question, text) >= SAME_QUESTION,
    ) ?? false;
  return (sentence) => {
    if (smallTalk(sentence) || introduction(sentence) || isRequiredItem(sentence)) return true;
    if (guard(sentence)) return false;
    return routine(sentence) || (!sentence.asks && statement(sentence));
  };
}

/** Acts that the agent's structured actions show, whatever its words. */
function actedOut({ actions = [] }: Turn): RecognisedAct[] {
  return actions.map((action): RecognisedAct => {
    switch (action.type) {
      case 'escalate':
        return { act: action.act, mode: action.mode };
      case 'handover':
        return { act: 'HANDOVER', mode: undefined };
      case 'note':
        return { act: 'LOG', mode: undefined };
      case 'end-call':
        return { act: 'close', mode: undefined };
    }
  });
}
