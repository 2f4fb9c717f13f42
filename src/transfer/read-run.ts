import { createReadStream } from 'node:fs';
import type { z } from 'zod';
import { MatrixError } from '../errors.js';
import { ManifestHasher } from '../evidence/manifest-hasher.js';
import {
  describeRecord,
  entryOf,
  type ManifestEntry,
  type StoredRecord,
} from '../evidence/stored-record.js';
import { parseJson, unreadable, validate } from '../read-file.js';
import { dialogueId } from '../store/run-record.js';
import {
  COLUMNS,
  endSchema,
  headSchema,
  recordLineSchema,
  RUN_FILE_VERSION,
  type RecordLine,
} from './run-file.js';

const AGAIN = 'Copy the file again, or export the run again: matrix-sim export RUN.';

/**
 * The records of a run in a file that {@link runFileLines} wrote, one at a time: whoever takes them
 * must take none where this throws in the end.
 * @throws MatrixError that names line, dialogue and call where the file is cut off or altered, and
 *   where it is of a version that is not known
 */
export async function* readRun(file: string): AsyncGenerator<StoredRecord> {
  const reading = new RunReading(file);
  for await (const text of linesOf(file)) {
    const record = reading.next(text);
    if (record) yield record;
  }
  reading.assertEnded();
}

class RunReading {
  readonly #file: string;
  readonly #hasher = new ManifestHasher();
  #line = 0;
  #run: string | undefined;
  #records = 0;
  #hasEnded = false;
  /** Of the dialogue that is being read. */
  #entries: ManifestEntry[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  /** @returns the record of the line; undefined of head and end */
  next(text: string): StoredRecord | undefined {
    this.#line += 1;
    const value = parseJson(text, this.#where(), `The file is cut off or damaged. ${AGAIN}`);
    if (this.#run === undefined) this.#run = this.#readHead(value);
    else if (this.#hasEnded) throw this.#wrong('there is more after its end');
    else if (typeof value === 'object' && value !== null && 'end' in value) this.#readEnd(value);
    else return this.#readRecord(validate(value, this.#where(), recordLineSchema));
    return undefined;
  }

  assertEnded(): void {
    if (this.#hasEnded) return;
    throw new MatrixError(`${this.#file}: is cut off after line ${this.#line}${this.#after()}`, {
      mend: AGAIN,
    });
  }

  #readHead(value: unknown): string {
    const { success, data } = headSchema.safeParse(value);
    if (!success) {
      throw new MatrixError(`${this.#file}: holds no exported run`, {
        mend: 'Export one with: matrix-sim export RUN. Transcripts and CSV are read by: matrix-sim datasets import.',
      });
    }
    if (data.version === RUN_FILE_VERSION) return data.run;
    throw new MatrixError(
      `${this.#file}: is of version ${data.version}, this edition reads version ${RUN_FILE_VERSION}`,
      { mend: 'Use the edition of matrix-sim that wrote it, or a newer one.' },
    );
  }

  #readRecord({ kind, hash, columns }: RecordLine): StoredRecord {
    const record = { kind, columns };
    const entry = entryOf(record);
    const where = `${this.#where()}, ${describeRecord(entry)}`;
    if (entry.hash !== hash) {
      throw new MatrixError(`${where}: was altered since it was exported`, { mend: AGAIN });
    }
    validate(columns, where, COLUMNS[kind]);
    this.#assertBelongs(record, where);
    if (entry.dialogue !== this.#entries.at(-1)?.dialogue) this.#closeDialogue();
    this.#entries.push(entry);
    this.#records += 1;
    return record;
  }

  /** A record names its run, and a dialogue's id is made of what it names. */
  #assertBelongs({ kind, columns }: StoredRecord, where: string): void {
    const run = kind === 'run' ? columns.id : columns.run;
    const isNamed = kind !== 'dialogue' || columns.id === dialogueId(columns as never);
    if (run === this.#run && isNamed) return;
    throw new MatrixError(`${where}: does not belong to run ${this.#run}`, { mend: AGAIN });
  }

  #closeDialogue(): void {
    this.#hasher.addDialogue(this.#entries);
    this.#entries = [];
  }

  #readEnd(value: object): void {
    const { records, hashes } = this.#validated(value, endSchema);
    this.#closeDialogue();
    const found = this.#hasher.hashes();
    const isWhole = records === this.#records && sameHashes(hashes, found);
    if (!isWhole) throw this.#wrong('records were taken out, added or moved since it was exported');
    this.#hasEnded = true;
  }

  #validated<S extends z.ZodType>(value: unknown, schema: S): z.output<S> {
    return validate(value, this.#where(), schema);
  }

  #wrong(what: string): MatrixError {
    return new MatrixError(`${this.#where()}: ${what}`, { mend: AGAIN });
  }

  #where(): string {
    return `${this.#file}:${this.#line}`;
  }

  #after(): string {
    const last = this.#entries.at(-1);
    return last ? `, after ${describeRecord(last)}` : '';
  }
}

type Hashes = ReturnType<ManifestHasher['hashes']>;

function sameHashes(a: Hashes, b: Hashes): boolean {
  const list = ({ simulation, judgings, review }: Hashes) =>
    JSON.stringify([
      simulation,
      review,
      Object.entries(judgings).sort(([x], [y]) => (x < y ? -1 : 1)),
    ]);
  return list(a) === list(b);
}

/** Lines by line feed alone: texts may hold what else breaks lines. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const chunk of createReadStream(file, { encoding: 'utf8' })) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    throw unreadable(file, error);
  }
  if (rest !== '') yield rest;
}
