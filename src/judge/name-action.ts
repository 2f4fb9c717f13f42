import type { Action } from '../transcript/transcript.js';

/** A recorded action in words, as a judge is shown it and may quote it. */
export function nameAction(action: Action): string {
  if (action.type === 'escalate') return ['escalate', action.act, action.mode].join(' ').trim();
  return action.type === 'note' ? `note: ${action.text}` : action.type;
}
