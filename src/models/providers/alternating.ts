import type { ChatMessage } from '../chat-model.js';

/** Stands in where nobody has spoken yet: these providers want the user to begin. */
const OPENING = '(The call connects.)';
/** They take no empty words. */
const SILENCE = '(silence)';

/** A conversation as providers want it that know two speakers: by turns, begun by the user. */
export interface Alternating {
  /** All system messages; undefined where there are none. */
  readonly system: string | undefined;
  readonly turns: readonly { readonly role: 'user' | 'assistant'; readonly text: string }[];
}

/** Sets system messages apart, joins what one speaker says in a row, and has the user begin. */
export function alternating(messages: readonly ChatMessage[]): Alternating {
  const system = messages.filter(({ role }) => role === 'system').map(({ text }) => text);
  const turns: { role: 'user' | 'assistant'; text: string }[] = [];
  for (const { role, text } of messages) {
    if (role === 'system') continue;
    const said = text.trim() === '' ? SILENCE : text;
    const last = turns.at(-1);
    if (last?.role === role) last.text += `\n\n${said}`;
    else turns.push({ role, text: said });
  }
  if (turns[0]?.role !== 'user') turns.unshift({ role: 'user', text: OPENING });
  return { system: system.join('\n\n') || undefined, turns };
}
