import type { Action } from '../transcript/transcript.js';

/** What an agent did beside speaking, as a reviewer sees it: `[EMERGENCY 999]`, `[note: …]`. */
export function showAction(action: Action): string {
  if (action.type === 'note') return `[note: ${action.text}]`;
  if (action.type !== 'escalate') return `[${action.type}]`;
  return `[${[action.act, action.mode].filter(Boolean).join(' ')}]`;
}
