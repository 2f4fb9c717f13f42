import type { Turn } from '../transcript/transcript.js';

/** Words with their speaker; where none is named they belong to the speaker before. */
export interface Utterance {
  readonly role?: Turn['role'];
  readonly text: string;
}

/** Makes one turn of all that a speaker says before the other does. */
export function mergeUtterances(spoken: readonly Utterance[]): Turn[] {
  const turns: Turn[] = [];
  for (const { role, text } of spoken) {
    const last = turns.at(-1);
    if (last && (role === undefined || role === last.role)) {
      last.text = `${last.text} ${text}`.trim();
    } else if (role) turns.push({ role, text });
  }
  return turns;
}
