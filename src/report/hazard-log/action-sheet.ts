import { CONTROL_KINDS } from './inputs.js';
import type { HazardEntry } from './hazard-entry.js';
import type { HazardLog } from './hazard-log.js';
import { sheetOf, type Sheet } from './sheet.js';
import { TO_ENTER } from './words.js';

interface Action {
  readonly hazard: string;
  readonly kind: string;
  readonly summary: string;
  readonly owner: string;
  readonly due: string;
}

/** All controls that were asked for and actions that were agreed; a line to fill in where there are none. */
export function actionSheet({ initial }: HazardLog): Sheet {
  return sheetOf<Action>(
    'Actions',
    [
      { title: 'Hazard', width: 10, cell: ({ hazard }) => hazard },
      { title: 'Kind', width: 14, cell: ({ kind }) => kind },
      { title: 'Summary', width: 60, cell: ({ summary }) => summary },
      { title: 'Owner', width: 24, cell: ({ owner }) => owner },
      { title: 'Due', width: 16, cell: ({ due }) => due },
    ],
    initial.entries.flatMap(actionsOf),
  );
}

function actionsOf({ hazard: { id }, input }: HazardEntry): Action[] {
  const owner = input.owner ?? TO_ENTER;
  const controls = CONTROL_KINDS.flatMap((kind) => {
    const summary = input.additionalControls?.[kind];
    return summary === undefined ? [] : [{ hazard: id, kind, summary, owner, due: TO_ENTER }];
  });
  const actions = (input.actions ?? []).map((action) => ({
    hazard: id,
    kind: 'action',
    summary: action.summary,
    owner: action.owner ?? owner,
    due: action.due ?? TO_ENTER,
  }));
  const all = [...controls, ...actions];
  return all.length > 0
    ? all
    : [{ hazard: id, kind: TO_ENTER, summary: TO_ENTER, owner, due: TO_ENTER }];
}
