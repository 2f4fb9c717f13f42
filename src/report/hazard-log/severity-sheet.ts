import type { HazardLog } from './hazard-log.js';
import type { SeverityEntry } from './hazard-entry.js';
import { sheetOf, type Sheet, type SheetColumn } from './sheet.js';
import {
  evidenceNotes,
  expectedWords,
  likelihoodWords,
  NOT_ASSESSED,
  ratingWords,
} from './words.js';

interface Row {
  readonly hazard: string;
  readonly isTop: boolean;
  readonly entry: SeverityEntry;
}

/** Likelihood and rating for each hazard × severity: a false alarm is not rated as a death. */
export function severitySheet({ initial }: HazardLog): Sheet {
  const rows = initial.entries.flatMap(({ hazard, severities, top }) =>
    severities.map((entry): Row => ({ hazard: hazard.id, isTop: entry === top, entry })),
  );
  return sheetOf('By severity', COLUMNS, rows);
}

const number = (value: number | null): string | number =>
  value === null ? NOT_ASSESSED : Number(value.toPrecision(4));

const COLUMNS: readonly SheetColumn<Row>[] = [
  { title: 'Hazard', width: 10, cell: ({ hazard }) => hazard },
  { title: 'Severity', width: 14, cell: ({ entry }) => entry.measure.severity },
  { title: "The hazard's row", width: 10, cell: ({ isTop }) => (isTop ? 'yes' : '') },
  { title: 'n decided', width: 10, cell: ({ entry }) => entry.measure.decided.n },
  { title: 'k failed', width: 10, cell: ({ entry }) => entry.measure.decided.failed },
  { title: 'Vignettes', width: 10, cell: ({ entry }) => entry.measure.decided.vignettes },
  { title: 'Rate', width: 12, cell: ({ entry }) => number(entry.measure.decided.rate) },
  { title: 'Lower 95 %', width: 12, cell: ({ entry }) => bound(entry, 'decided', 'low') },
  { title: 'Upper 95 % (u)', width: 12, cell: ({ entry }) => bound(entry, 'decided', 'high') },
  { title: 'Undecided', width: 10, cell: ({ entry }) => entry.measure.open },
  { title: 'n all', width: 10, cell: ({ entry }) => entry.measure.withOpen.n },
  {
    title: 'Rate if all undecided passed',
    width: 14,
    cell: ({ entry }) => number(entry.measure.least),
  },
  {
    title: 'Rate, undecided as failures',
    width: 14,
    cell: ({ entry }) => number(entry.measure.withOpen.rate),
  },
  {
    title: 'Upper 95 %, undecided as failures',
    width: 14,
    cell: ({ entry }) => bound(entry, 'withOpen', 'high'),
  },
  {
    title: 'Screening likelihood',
    width: 16,
    cell: ({ entry }) => likelihoodWords(entry.measure.screening),
  },
  { title: 'Rating', width: 12, cell: ({ entry }) => ratingWords(entry.measure.screening) },
  {
    title: 'Adjusted likelihood',
    width: 16,
    cell: ({ entry }) => (entry.adjusted ? likelihoodWords(entry.adjusted) : ''),
  },
  {
    title: 'Adjusted rating',
    width: 12,
    cell: ({ entry }) => (entry.adjusted ? ratingWords(entry.adjusted) : ''),
  },
  { title: 'Expected a year', width: 34, cell: ({ entry }) => expectedWords(entry.expected) },
  { title: 'Notes', width: 60, cell: ({ entry }) => evidenceNotes(entry).join(' ') },
];

function bound(
  { measure }: SeverityEntry,
  of: 'decided' | 'withOpen',
  end: 'low' | 'high',
): string | number {
  return measure[of].n === 0 ? NOT_ASSESSED : number(measure[of].interval[end]);
}
