import type { ChatMessage } from '../../models/chat-model.js';
import { undisguised } from '../../printable.js';
import type { Turn } from '../../transcript/transcript.js';
import type { Direction } from './patient.js';

/** What one try at a patient's turn is asked with. */
export interface Asked {
  /** The system prompt. */
  readonly instructions: string;
  readonly turns: readonly Turn[];
  readonly direction: Direction;
  /** What is to be said now: the direction's lines, or small talk of its kind. */
  readonly lines: readonly string[];
  /** Why the last try would not do. */
  readonly flaw?: string | undefined;
}

/**
 * The dialogue as the patient heard it. The last message carries the agent's words and after them,
 * apart, what to say: a line `SAY:`, then each line after `- `.
 */
export function patientMessages({ instructions, turns, ...asked }: Asked): ChatMessage[] {
  const history = turns
    .slice(0, -1)
    .map(({ role, text }): ChatMessage =>
      role === 'agent' ? { role: 'user', text: heard(text) } : { role: 'assistant', text },
    );
  return [
    { role: 'system', text: instructions },
    ...history,
    { role: 'user', text: `${heard(turns.at(-1)?.text ?? '')}\n\n${direction(asked)}` },
  ];
}

/** On one line and without the marks in it, an agent's words cannot pass for a direction. */
function heard(text: string): string {
  const speech = undisguised(oneLine(text.replace(/<{2,}|>{2,}/g, ' ')));
  return `<<<${speech || '(silence)'}>>>`;
}

function direction({ direction, lines, flaw }: Omit<Asked, 'instructions' | 'turns'>): string {
  return [
    ...(flaw === undefined ? [] : [`Your last try would not do: ${flaw}`]),
    wayOf(direction) + (direction.leaves ? ' You hang up with it.' : ''),
    'SAY:',
    ...lines.map((line) => `- ${oneLine(line)}`),
  ].join('\n');
}

function wayOf({ kind, lines }: Direction): string {
  if (kind === 'trigger') return 'All of it, almost word for word: nothing matters more.';
  if (lines.length > 0) return 'All of it, near these words.';
  if (kind === 'identity') return 'Exactly this.';
  const again = kind === 'denial' ? ' If you have answered it before, the same again.' : '';
  return `This, or as little to the same effect.${again}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
