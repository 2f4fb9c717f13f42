import { actSchema, emergencyModeSchema } from '../../taxonomy/act.js';
import type { Action } from '../../transcript/transcript.js';

/** What was said, and what was done beside it. */
export interface Marked {
  readonly text: string;
  readonly actions: readonly Action[];
}

const MARKER =
  /\[\s*(?:ESCALATE[\s:]+(?<act>EMERGENCY|URGENT|SOON|ROUTINE)(?:[\s:]+(?<mode>999|acute-unit))?|(?<handover>HANDOVER)|NOTE[\s:]+(?<note>[^\]]+)|(?<end>END CALL))\s*\]/gi;

/** A marker that the answer broke off in. */
const BROKEN_OFF = /\[\s*(?:ESCALATE|HANDOVER|NOTE|END)\b[^\]]*$/i;

/** Takes the markers that the prompt of a model agent asks for out of its answer, as actions. */
export function readMarkers(answer: string): Marked {
  const actions = [...answer.matchAll(MARKER)].map(({ groups = {} }) => actionOf(groups));
  const text = answer
    .replace(MARKER, ' ')
    .replace(BROKEN_OFF, '')
    .replace(/[^\S\n]{2,}/g, ' ')
    .replace(/ +$/gm, '')
    .trim();
  return { text, actions };
}

/** The answer as the model wrote it, so that it sees in its history what it has done. */
export function withMarkers({ text, actions }: Marked): string {
  return [text, ...actions.map(markerOf)].join(' ').trim();
}

function actionOf({ act, mode, handover, note }: Record<string, string | undefined>): Action {
  if (act !== undefined) {
    const by = mode === undefined ? {} : { mode: emergencyModeSchema.parse(mode.toLowerCase()) };
    return { type: 'escalate', act: actSchema.parse(act.toUpperCase()), ...by };
  }
  if (handover !== undefined) return { type: 'handover' };
  return note === undefined ? { type: 'end-call' } : { type: 'note', text: note.trim() };
}

function markerOf(action: Action): string {
  switch (action.type) {
    case 'escalate':
      return `[ESCALATE ${action.act}${action.mode === undefined ? '' : ` ${action.mode}`}]`;
    case 'handover':
      return '[HANDOVER]';
    case 'note':
      return `[NOTE ${action.text}]`;
    case 'end-call':
      return '[END CALL]';
  }
}
