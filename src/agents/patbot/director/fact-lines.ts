import type { Fact } from '../../../scenarios/scenario.js';
import { wordsOf } from '../../../transcript/spoken.js';
import type { Script } from './disclosure.js';

/** People mostly say it the short way; who likes to talk does not. What is told first is told whole. */
export function lineOf({ text, alternative }: Fact, { persona, random }: Script): string {
  const talks = persona.personality === 'verbose';
  const [short = text, long = text] = byLength([text, alternative ?? text]);
  return random.chance(talks ? 0.3 : 0.8) ? short : long;
}

/** The fact in the wording that was not said; undefined where it has one alone. */
export function otherWording({ text, alternative }: Fact, said: string): string | undefined {
  return [text, alternative].find((wording) => wording !== undefined && wording !== said);
}

/** A line said again: its first sentence that says something, without the rest. */
export function shortened(line: string): string {
  return sentencesOf(line).find(tells) ?? line;
}

/** The sentence of a long line that says most. */
export function gistOf(line: string): string {
  return byLength(sentencesOf(line)).at(-1) ?? line;
}

/** Two words say something; "Yeah." or "Ayaan." alone may not be what was asked for. */
function tells(sentence: string): boolean {
  return wordsOf(sentence).length >= 2 && !sentence.endsWith('?');
}

function sentencesOf(line: string): string[] {
  return line.split(/(?<=[.!?]) /);
}

function byLength(lines: readonly string[]): string[] {
  return lines.toSorted((a, b) => a.length - b.length);
}
