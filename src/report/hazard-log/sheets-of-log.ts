import { actionSheet } from './action-sheet.js';
import { evidenceSheet, failureSheet } from './evidence-sheet.js';
import { frontSheet } from './front-sheet.js';
import type { HazardLog } from './hazard-log.js';
import { hazardSheet } from './hazard-sheet.js';
import { severitySheet } from './severity-sheet.js';
import type { Sheet } from './sheet.js';

const READ_FIRST = [frontSheet, hazardSheet, severitySheet, actionSheet];

/** The tables of a log, in the order in which they are read. */
export function sheetsOfLog(log: HazardLog): Sheet[] {
  return [...READ_FIRST, evidenceSheet].map((make) => make(log));
}

/** As {@link sheetsOfLog}, for a page: of the evidence the failures. */
export function pageOfLog(log: HazardLog): Sheet[] {
  return [...READ_FIRST, failureSheet].map((make) => make(log));
}
