import { z } from 'zod';
import { describePlace } from '../calls/call.js';
import { shallow } from '../read-file.js';
import { canonicalJson, sha256 } from './canonical-json.js';

/** The kinds of records that make up a run, in the order in which one needs the other. */
export const RECORD_KINDS = [
  'run',
  'judging',
  'dialogue',
  'attempt',
  'verdicts',
  'call',
  'pack',
  'label',
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** What people add to a run that has been held, and may add to for years. */
export const REVIEW_KINDS: ReadonlySet<RecordKind> = new Set(['pack', 'label']);

/** Columns that hold JSON; all others are texts and numbers. */
const JSON_COLUMNS = new Set(['record', 'request', 'answer', 'texts']);

/** One record with every column that holds something: times and latencies too. */
export interface StoredRecord {
  readonly kind: RecordKind;
  readonly columns: Readonly<Record<string, unknown>>;
}

/** Where a record stands in its run. */
export interface RecordPlace {
  readonly kind: RecordKind;
  /** Empty for what belongs to the simulation. */
  readonly judging: string;
  /** Empty for the record of the run, or of a judging. */
  readonly dialogue: string;
  /** Tells records of a kind apart in their dialogue: an attempt's number, a call's place. */
  readonly id: string;
}

/** A line of a manifest: a record's place and the SHA-256 of its columns as canonical JSON. */
export interface ManifestEntry extends RecordPlace {
  readonly hash: string;
}

/**
 * A record of a row as a database holds it. Columns without a value are left out, so that one which a
 * later edition adds leaves kept hashes as they are.
 * @param read what columns of JSON read as, for whoever has just written them
 */
export function toRecord(
  kind: RecordKind,
  row: Readonly<Record<string, unknown>>,
  read: Readonly<Record<string, unknown>> = {},
): StoredRecord {
  const columns = Object.entries(row).flatMap(([name, value]) => {
    if (value === null || value === undefined) return [];
    if (read[name] !== undefined) return [[name, read[name]]];
    const isJson = typeof value === 'string' && JSON_COLUMNS.has(name);
    return [[name, isJson ? readJson(value) : value]];
  });
  return { kind, columns: Object.fromEntries(columns) as StoredRecord['columns'] };
}

/** The row of a record, each column as a database holds it. */
export function toRow({ columns }: StoredRecord): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, value]) => [
      name,
      JSON_COLUMNS.has(name) ? writeJson(value) : value,
    ]),
  );
}

/** A text that is not as `JSON.stringify` writes it stands for itself: no byte of it is passed over. */
function readJson(text: string): unknown {
  try {
    const value = shallow(JSON.parse(text) as unknown);
    if (JSON.stringify(value) === text) return value;
  } catch {
    // It is no JSON, or none that anybody wrote.
  }
  return { asStored: text };
}

function writeJson(value: unknown): string {
  const { asStored } = (value ?? {}) as { asStored?: unknown };
  return typeof asStored === 'string' ? asStored : JSON.stringify(value);
}

export function entryOf(record: StoredRecord): ManifestEntry {
  return { ...placeOf(record), hash: sha256(canonicalJson(record.columns)) };
}

export function placeOf({ kind, columns }: StoredRecord): RecordPlace {
  const { id, dialogue, number, attempt, judging, take, role, part, ordinal, author } = columns;
  const ofRun = { kind, judging: '', dialogue: '', id: '' };
  switch (kind) {
    case 'run':
      return ofRun;
    case 'judging':
      return { ...ofRun, judging: String(id) };
    case 'dialogue':
      return { ...ofRun, dialogue: String(id) };
    case 'attempt':
      return { ...ofRun, dialogue: String(dialogue), id: String(number) };
    case 'verdicts':
      return { kind, judging: String(judging), dialogue: String(dialogue), id: String(attempt) };
    case 'call':
      return {
        kind,
        judging: String(judging),
        dialogue: String(dialogue),
        id: JSON.stringify([take, role, part, ordinal]),
      };
    case 'pack':
      return { ...ofRun, id: String(id) };
    case 'label':
      return { ...ofRun, dialogue: String(dialogue), id: JSON.stringify([author, number]) };
  }
}

/** As a person would look for it: `dialogue H01-D01/late/1, take 1, call 2 of agent`. */
export function describeRecord({ kind, judging, dialogue, id }: RecordPlace): string {
  return [
    ...(dialogue === '' ? [] : [`dialogue ${dialogue}`]),
    ...(judging === '' ? [] : [`judging ${judging}`]),
    ...partOf(kind, judging, id),
  ].join(', ');
}

function partOf(kind: RecordKind, judging: string, id: string): string[] {
  switch (kind) {
    case 'run':
      return ['the record of the run'];
    case 'judging':
    case 'dialogue':
      return [`the record of the ${kind}`];
    case 'attempt':
      return [`attempt ${id}`];
    case 'verdicts':
      return [`verdicts on attempt ${id}`];
    case 'call':
      return describeCall(judging, id);
    case 'pack':
      return [`review pack ${id}`];
    case 'label':
      return describeLabel(id);
  }
}

function describeLabel(id: string): string[] {
  const { success, data } = z.tuple([z.string(), z.number()]).safeParse(readJson(id));
  return success ? [`label ${data[1]} of ${data[0]}`] : [`label ${id}`];
}

const callIdSchema = z.tuple([z.number(), z.string(), z.string(), z.number()]);

/** A manifest may be altered too. */
function describeCall(judging: string, id: string): string[] {
  const { success, data } = callIdSchema.safeParse(readJson(id));
  if (!success) return [`call ${id}`];
  const [take, role, part, ordinal] = data;
  return [...(judging === '' ? [`take ${take}`] : []), describePlace({ role, part, ordinal })];
}
