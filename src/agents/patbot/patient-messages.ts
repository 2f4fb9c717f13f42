import type { ChatMessage } from '../../models/chat-model.js';
import type { Turn } from '../../transcript/transcript.js';
import type { Direction } from './patient.js';
import { oneLine, quotedSpeech } from './quoted-speech.js';

/** What one try at a patient's turn is asked with. */
export interface Asked {
  /** The system prompt. */
  readonly instructions: string;
  readonly turns: readonly Turn[];
  readonly direction: Direction;
  /** What is to be said now: small talk of the direction's kind, and its lines. */
  readonly lines: readonly string[];
  /** Every line directed in this dialogue, those of this turn included; no small talk. */
  readonly told: readonly string[];
  readonly triggerWording: string;
  /** Whether the persona's manner shows in this turn. */
  readonly inManner: boolean;
  /** Why the last try would not do. */
  readonly flaw?: string | undefined;
}

/** Turns before the agent's last words that are shown: what was told longer ago stands in the lines. */
const SHOWN_TURNS = 6;

/**
 * The dialogue of late as the patient heard it. The last message carries the agent's words and after
 * them, apart, what to say: the lines under `SAY:`, the trigger under `WORD FOR WORD:`.
 */
export function patientMessages({ instructions, turns, ...asked }: Asked): ChatMessage[] {
  const history = turns
    .slice(-1 - SHOWN_TURNS, -1)
    .map(({ role, text }): ChatMessage =>
      role === 'agent' ? { role: 'user', text: quotedSpeech(text) } : { role: 'assistant', text },
    );
  return [
    { role: 'system', text: instructions },
    ...history,
    { role: 'user', text: `${quotedSpeech(turns.at(-1)?.text ?? '')}\n\n${directionOf(asked)}` },
  ];
}

function directionOf(asked: Omit<Asked, 'instructions' | 'turns'>): string {
  const { direction, lines, told, triggerWording, inManner, flaw } = asked;
  const isTrigger = (line: string) => line === triggerWording;
  return [
    ...(flaw === undefined ? [] : [`Your last try would not do: ${flaw}`]),
    inManner ? 'With a touch of your manner.' : 'Plainly, nothing of your manner.',
    ...(direction.leaves ? ['You hang up with it.'] : []),
    ...(direction.kind === 'read-back' || direction.kind === 'corrections'
      ? readBack(told.slice(0, told.length - direction.lines.length))
      : []),
    ...headed(
      'SAY:',
      lines.filter((line) => !isTrigger(line)),
    ),
    ...headed('WORD FOR WORD:', lines.filter(isTrigger)),
  ].join('\n');
}

/** Whether a read-back is right hangs on all that was told, also long ago. */
function readBack(told: readonly string[]): string[] {
  const way = 'They repeat what they took from you: say yes to it, or put right what is wrong.';
  return [way, ...headed('YOU SAID BEFORE:', told)];
}

function headed(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [heading, ...lines.map((line) => `- ${oneLine(line)}`)];
}
