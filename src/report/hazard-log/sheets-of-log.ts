import { actionSheet } from './action-sheet.js';
import { evidenceSheet } from './evidence-sheet.js';
import { frontSheet } from './front-sheet.js';
import type { HazardLog } from './hazard-log.js';
import { hazardSheet } from './hazard-sheet.js';
import { severitySheet } from './severity-sheet.js';
import type { Sheet } from './sheet.js';

/** The tables of a log, in the order in which they are read. */
export function sheetsOfLog(log: HazardLog): Sheet[] {
  return [frontSheet, hazardSheet, severitySheet, actionSheet, evidenceSheet].map((make) =>
    make(log),
  );
}
