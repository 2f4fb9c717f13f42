import type { Action, Turn } from '../transcript/transcript.js';

/** What stands beside the words of a turn, as a reviewer sees it: `[EMERGENCY 999] [note: …]`. */
export function showActions({ actions = [], fault }: Turn): string {
  return [...(fault ? [`(${fault})`] : []), ...actions.map(showAction)].join(' ');
}

function showAction(action: Action): string {
  if (action.type === 'note') return `[note: ${action.text}]`;
  if (action.type !== 'escalate') return `[${action.type}]`;
  return `[${[action.act, action.mode].filter(Boolean).join(' ')}]`;
}
