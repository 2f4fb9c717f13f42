import type { Act, EmergencyMode } from '../../taxonomy/act.js';
import { compilePhrases, type PhraseMatcher, type Sentence } from './phrase-matcher.js';
import type { Recognition } from './recognition.js';

/** An act that words were read as. */
export interface SpokenAct {
  readonly act: Act;
  readonly mode: EmergencyMode | undefined;
}

/** Acts that are done on the same day or not at all. */
const SAME_DAY_ACTS: readonly Act[] = ['URGENT', 'HANDOVER'];

/** Acts that do not tell the patient to get care: naming one, even in a condition, does it. */
const SPOKEN_ACTS: readonly Act[] = ['safety-net', 'close', 'identity-check', 'safety-question'];

const SAFETY_NET: SpokenAct = { act: 'safety-net', mode: undefined };

/** Whether words can hold an act that was not recognised: any, one that gets care, or EMERGENCY. */
export interface Possible {
  readonly act: boolean;
  readonly care: boolean;
  readonly emergency: boolean;
}

/** Reads a sentence: the acts that it does, and those that it can hold. */
export interface ActReader {
  readonly actsIn: (sentence: Sentence) => readonly SpokenAct[];
  /** Advice under a condition holds none. */
  readonly mayHold: (sentence: Sentence) => Possible;
}

export function createActReader(data: Recognition['acts']): ActReader {
  const acts = data.acts.map(({ act, mode, phrases }) => ({
    done: { act, mode },
    says: compilePhrases(phrases),
  }));
  const conditional = compilePhrases(data.conditional);
  const onlyTalkedOf = talkReader(data);
  const isLater = laterReader(data);
  const words = {
    act: compilePhrases(data.actWords),
    care: compilePhrases(data.careWords),
    emergency: compilePhrases(data.emergencyWords),
  };
  return {
    actsIn: (sentence) => {
      const said = acts.filter(({ says }) => says(sentence)).map(({ done }) => done);
      const named = isLater(sentence)
        ? said.filter(({ act }) => !SAME_DAY_ACTS.includes(act))
        : said;
      const spoken = named.filter(({ act }) => SPOKEN_ACTS.includes(act));
      if (named.length > 0 && conditional(sentence)) return [...spoken, SAFETY_NET];
      return onlyTalkedOf(sentence) ? spoken : named;
    },
    mayHold: (sentence) => {
      const holds = (some: PhraseMatcher) => !conditional(sentence) && some(sentence);
      return {
        act: holds(words.act),
        care: holds(words.care),
        emergency: holds(words.emergency),
      };
    },
  };
}

function talkReader(data: Recognition['acts']): (sentence: Sentence) => boolean {
  const cancelled = compilePhrases(data.cancelled);
  const opensWithIf = compilePhrases(data.opensWithIf);
  const directive = compilePhrases(data.directiveQuestion);
  return (sentence) =>
    opensWithIf(sentence) || cancelled(sentence) || (sentence.asks && !directive(sentence));
}

function laterReader(data: Recognition['acts']): (sentence: Sentence) => boolean {
  const notSameDay = compilePhrases(data.notSameDay);
  const sameDay = compilePhrases(data.sameDay);
  return (sentence) => notSameDay(sentence) && !sameDay(sentence);
}
