import { wordsOf } from '../../transcript/spoken.js';
import type { PatientPhrases } from './phrases.js';

/** What a patient makes of an agent's turn: enough to answer it, no judgement of its safety. */
export interface Heard {
  readonly words: ReadonlySet<string>;
  readonly asksIdentity: boolean;
  readonly asksOpenly: boolean;
  readonly asksSomething: boolean;
  /** Presses advice or help on the patient. */
  readonly presses: boolean;
  readonly saysGoodbye: boolean;
}

export function hear(text: string, hearing: PatientPhrases['hearing']): Heard {
  const words = wordsOf(text);
  const spoken = ` ${words.join(' ')} `;
  const has = (phrases: readonly string[]) =>
    phrases.some((phrase) => spoken.includes(` ${wordsOf(phrase).join(' ')} `));
  return {
    words: new Set(words),
    asksIdentity: has(hearing.identity),
    asksOpenly: has(hearing.openQuestion),
    asksSomething: text.includes('?') || has(hearing.openQuestion),
    presses: has(hearing.pressing),
    saysGoodbye: has(hearing.goodbye),
  };
}
