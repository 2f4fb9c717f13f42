import type { Validity } from '../../store/run-record.js';
import { CONTROL_KINDS } from './inputs.js';
import type { HazardEntry } from './hazard-entry.js';
import type { HazardLog, LogSource } from './hazard-log.js';
import { shortFingerprint } from '../../fingerprint.js';
import { correctedRate, judgeError } from './judge-error.js';
import { sheetOf, type Sheet, type SheetColumn } from './sheet.js';
import {
  evidenceNotes,
  expectedWords,
  leftOut,
  likelihoodWords,
  NOT_ASSESSED,
  rateWords,
  ratingWords,
  rowRating,
  TO_ENTER,
} from './words.js';

interface Row {
  readonly entry: HazardEntry;
  /** Undefined without a run that had the additional controls. */
  readonly residual: HazardEntry | undefined;
  readonly validity: readonly Validity[];
  readonly taxonomy: HazardLog['taxonomy'];
  readonly hashes: LogSource['recordHashes'];
}

/** One row a hazard, in the order of DCB0129's fields, with ISO 14971's chain and the evidence between. */
export function hazardSheet({ initial, residual, taxonomy }: HazardLog): Sheet {
  const { validity, recordHashes: hashes } = initial.source;
  const rows = initial.entries.map((entry): Row => {
    const after = residual?.entries.find(({ hazard }) => hazard.id === entry.hazard.id);
    return { entry, residual: after, validity, taxonomy, hashes };
  });
  return sheetOf('Hazard log', [...IDENTITY, ...INITIAL, ...EVIDENCE, ...CONTROLS], rows);
}

const IDENTITY: readonly SheetColumn<Row>[] = [
  { title: 'Hazard number', width: 10, cell: ({ entry }) => entry.hazard.id },
  { title: 'Hazard name', width: 22, cell: ({ entry }) => entry.hazard.name },
  { title: 'Hazard description', width: 34, cell: ({ entry }) => entry.hazard.hazard },
  { title: 'Sequence of events (failure modes)', width: 40, cell: ({ entry }) => modesOf(entry) },
  {
    title: 'Hazardous situation',
    width: 40,
    cell: ({ entry: { hazard } }) =>
      `${hazard.situation} The agent fails as beside, and nobody notices in time.`,
  },
  { title: 'Harm', width: 28, cell: ({ entry }) => harmsOf(entry) },
  {
    title: 'Potential clinical impact',
    width: 34,
    cell: ({ entry }) => entry.input.impact ?? entry.hazard.why,
  },
  { title: 'Possible causes', width: 34, cell: causesOf },
  {
    title: 'Existing controls',
    width: 34,
    cell: ({ entry }) =>
      entry.input.existingControls ?? `${TO_ENTER} The figures were measured under them.`,
  },
];

const INITIAL: readonly SheetColumn<Row>[] = [
  {
    title: 'Initial severity',
    width: 14,
    cell: ({ entry: { top, severities } }) => (top ?? severities[0])?.measure.severity ?? '',
  },
  {
    title: 'Initial likelihood (screening)',
    width: 16,
    cell: ({ entry }) => likelihoodWords(entry.top?.measure.screening ?? null),
  },
  {
    title: 'Initial risk rating (screening)',
    width: 14,
    cell: ({ entry }) => rowRating(entry, entry.top?.measure.screening ?? null),
  },
  {
    title: 'Adjusted likelihood (Clinical Safety Officer)',
    width: 16,
    cell: ({ entry }) =>
      entry.top?.adjusted ? likelihoodWords(entry.top.adjusted) : notAdjusted(entry),
  },
  {
    title: 'Adjusted risk rating',
    width: 14,
    cell: ({ entry }) =>
      entry.top?.adjusted ? rowRating(entry, entry.top.adjusted) : notAdjusted(entry),
  },
  {
    title: 'Rationale of the adjustment',
    width: 34,
    cell: ({ entry }) => entry.input.rationale ?? '',
  },
];

const EVIDENCE: readonly SheetColumn<Row>[] = [
  {
    title: 'Measured, at that severity',
    width: 40,
    cell: ({ entry }) => (entry.top ? rateWords(entry.top.measure.decided) : NOT_ASSESSED),
  },
  {
    title: 'With undecided counted as failures',
    width: 40,
    cell: ({ entry }) => (entry.top ? rateWords(entry.top.measure.withOpen) : NOT_ASSESSED),
  },
  { title: 'Not counted', width: 24, cell: ({ entry }) => leftOut(entry) || 'none' },
  {
    title: 'What the figures rest on',
    width: 50,
    cell: ({ entry }) => [...setLevel(entry), ...notesOf(entry)].join(' '),
  },
  { title: 'Dialogues that failed', width: 40, cell: failedDialogues },
  {
    title: 'Expected a year',
    width: 34,
    cell: ({ entry }) => expectedWords(entry.top?.expected ?? null),
  },
  { title: "Judge's error", width: 34, cell: ({ validity }) => judgeError(validity).join('; ') },
  {
    title: "Rate corrected for the judge's error",
    width: 22,
    cell: ({ entry, validity }) => (entry.top ? correctedRate(entry.top.measure, validity) : ''),
  },
];

const CONTROLS: readonly SheetColumn<Row>[] = [
  ...CONTROL_KINDS.map((kind) => ({
    title: `Additional controls: ${kind}`,
    width: 28,
    cell: ({ entry }: Row) => entry.input.additionalControls?.[kind] ?? TO_ENTER,
  })),
  {
    title: 'Residual severity',
    width: 14,
    cell: ({ residual }) => residual?.top?.measure.severity ?? NOT_ASSESSED,
  },
  {
    title: 'Residual likelihood',
    width: 16,
    cell: ({ residual }) => residualWords(residual, likelihoodWords),
  },
  {
    title: 'Residual risk rating',
    width: 14,
    cell: ({ residual }) => residualWords(residual, ratingWords),
  },
  {
    title: 'Residual, measured',
    width: 40,
    cell: ({ residual }) => (residual?.top ? rateWords(residual.top.measure.decided) : ''),
  },
  {
    title: 'Actions: summary',
    width: 34,
    cell: ({ entry: { input } }) => listed(input.actions?.map(({ summary }) => summary)),
  },
  { title: 'Actions: owner', width: 18, cell: ({ entry }) => ownerOf(entry) },
  {
    title: 'Status',
    width: 14,
    cell: ({ entry: { input } }) =>
      input.transferredTo === undefined
        ? (input.status ?? 'Open')
        : `${input.status ?? 'Open'} to ${input.transferredTo}`,
  },
];

/** Named in a cell; the sheet of evidence has all. */
const MOST_NAMED = 12;

/** By id, and the beginning of the hash of its verdicts. */
function failedDialogues({ entry: { top, cases }, hashes }: Row): string {
  const all = top ? (cases.bySeverity[top.measure.severity] ?? []) : [];
  const failed = all.filter(({ outcome }) => outcome === 'fail');
  const named = failed
    .slice(0, MOST_NAMED)
    .map(({ dialogue }) =>
      `${dialogue} ${shortFingerprint(hashes.get(dialogue)?.verdicts ?? '')}`.trim(),
    );
  const more = failed.length - named.length;
  return [...named, ...(more > 0 ? [`and ${more} more: see Evidence`] : [])].join('; ');
}

function modesOf({ hazard }: HazardEntry): string {
  return hazard.modes.map(({ id, name, severity }) => `${id} ${name} (${severity})`).join('; ');
}

function harmsOf({ hazard }: HazardEntry): string {
  return [...new Set(hazard.modes.map(({ harm, severity }) => `${harm} (${severity})`))].join('; ');
}

function causesOf({ entry: { input, cases }, taxonomy }: Row): string {
  const beside = [...cases.beside].map(
    ([mode, count]) => `${mode} ${taxonomy.modes.get(mode)?.name ?? ''} in ${count}`,
  );
  const seen = beside.length === 0 ? [] : [`Failed in the same dialogues: ${beside.join(', ')}.`];
  return [input.causes ?? TO_ENTER, ...seen].join(' ');
}

function notAdjusted({ top }: HazardEntry): string {
  return top ? `${TO_ENTER} exposure, P(harm | failure)` : NOT_ASSESSED;
}

function residualWords(residual: HazardEntry | undefined, words: typeof likelihoodWords): string {
  if (!residual?.top) return NOT_ASSESSED;
  const { measure, adjusted } = residual.top;
  const screening = words(measure.screening);
  return adjusted ? `${words(adjusted)} (screening ${screening})` : `${screening} (screening)`;
}

function ownerOf({ input }: HazardEntry): string {
  const owners = (input.actions ?? []).flatMap(({ owner }) => owner ?? []);
  return listed([...new Set([...owners, ...(input.owner === undefined ? [] : [input.owner])])]);
}

function listed(texts: readonly string[] = []): string {
  return texts.length === 0 ? TO_ENTER : texts.join('; ');
}

function notesOf({ severities, top }: HazardEntry): string[] {
  return severities.flatMap((each) =>
    each === top || !each.measure.screening ? evidenceNotes(each) : [],
  );
}

/** A property of many dialogues that no judge of one can see. */
function setLevel({ hazard }: HazardEntry): string[] {
  return hazard.modes.every(({ scope }) => scope === 'set')
    ? ['A property of a set of dialogues, judged on none.']
    : [];
}
