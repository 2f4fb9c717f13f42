import { appendFileSync, existsSync, mkdirSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { callSchema, placeKey, type CallPlace } from '../calls/call.js';
import { NOTHING_KEPT, type Recording, type SealedRecording } from '../calls/recording.js';
import { MatrixError } from '../errors.js';
import { parseJson, readText, validate } from '../read-file.js';
import { writeWhole } from '../whole-file.js';
import { ModelError } from './model-error.js';

const headSchema = z.object({
  /** What marks and orders of the prompts derive from. */
  nonce: z.string().min(1),
  /** Of this package. */
  version: z.string(),
  date: z.iso.datetime(),
});
export type RecordingHead = z.infer<typeof headSchema>;

/** Of which dialogue a call is, and in which of its repeats, from 1. */
const aboutSchema = z.object({ dialogue: z.string(), repeat: z.int().positive() });
type About = z.infer<typeof aboutSchema>;

const lineSchema = z.union([
  callSchema.extend(aboutSchema.shape),
  callSchema.pick({ role: true, part: true, ordinal: true, requestHash: true }).extend({
    ...aboutSchema.shape,
    request: z.unknown(),
    /** Why there is no answer. */
    failed: z.string(),
  }),
]);
type Line = z.infer<typeof lineSchema>;

/** The recordings of many dialogues, under one nonce. */
export interface Recordings {
  /** Of one dialogue in one of its repeats, from 1. */
  of(dialogue: string, repeat: number): SealedRecording;
}

/**
 * Prompts and answers in a folder: `recording.json`, and `calls.jsonl` with a line a call. Begins a
 * recording, or goes on with the one that the folder holds: what it lacks or holds as failed
 * is asked, and kept before the dialogue goes on.
 * @param begin made only for a new recording
 * @throws MatrixError where the folder cannot be written, or holds something else
 */
export function openRecording(folder: string, begin: () => RecordingHead): Recordings {
  const { head, calls } = filesOf(folder);
  try {
    // Not recursive: under /proc that never returns (Node 20).
    if (!existsSync(folder)) mkdirSync(folder);
    if (!existsSync(head)) writeWhole(head, `${JSON.stringify(begin(), null, 2)}\n`);
    appendFileSync(calls, '');
  } catch (cause) {
    throw new MatrixError(`${folder}: no recording can be kept there`, {
      mend: 'Name a folder that can be written, in one that exists.',
      cause,
    });
  }
  const { nonce } = readHead(head);
  const lines = readCalls(calls);
  truncateSync(calls, Buffer.byteLength(wholeLines(calls)));
  const keep = (line: Line) => {
    // At once and synchronously: whatever ends the process, what was paid for is kept.
    appendFileSync(calls, `${JSON.stringify(line)}\n`);
    lines.set(keyOf(line), line);
  };
  return sealed(nonce, (about) => ({
    find: (asked) => {
      const known = lines.get(keyOf({ ...about, ...asked }));
      return known && !('failed' in known) ? known : undefined;
    },
    keep: (call) => Promise.resolve(keep({ ...about, ...call })),
    keepFailure: (asked, error) => {
      if (error instanceof ModelError) keep({ ...about, ...asked, failed: error.message });
    },
  }));
}

/** A recording that answers and never asks. @throws MatrixError where the folder holds none */
export function openReplay(folder: string): Recordings {
  const { head, calls } = filesOf(folder);
  const { nonce } = readHead(head);
  const lines = readCalls(calls);
  return sealed(nonce, (about) => ({
    find: (asked) => {
      const kept = lines.get(keyOf({ ...about, ...asked }));
      if (!kept) throw lacking(about, asked);
      if (!('failed' in kept)) return kept;
      throw new ModelError(kept.failed, { failure: 'server' });
    },
    keep: () => Promise.reject(new Error('a replay keeps nothing')),
  }));
}

/** Recordings that keep nothing. */
export function keepNoRecording(nonce: string): Recordings {
  return sealed(nonce, () => NOTHING_KEPT);
}

function sealed(nonce: string, recordingOf: (about: About) => Recording): Recordings {
  return {
    of: (dialogue, repeat) => ({
      ...recordingOf({ dialogue, repeat }),
      nonce,
      dialogue: `${dialogue} ${repeat}`,
    }),
  };
}

function filesOf(folder: string) {
  return { head: path.join(folder, 'recording.json'), calls: path.join(folder, 'calls.jsonl') };
}

function readHead(file: string): RecordingHead {
  const mend = 'Name the folder of a recording, or a new one.';
  return validate(parseJson(readText(file), file, mend), file, headSchema);
}

/** A process that was killed may have left half a line, which is not read. */
function wholeLines(file: string): string {
  const text = readText(file);
  return text.slice(0, text.lastIndexOf('\n') + 1);
}

/** The last line of a call counts: an answer after failures. */
function readCalls(file: string): Map<string, Line> {
  const mend = 'Delete that line; its call is then asked again.';
  const lines = wholeLines(file).split('\n').slice(0, -1);
  return new Map(
    lines.map((text, index) => {
      const where = `${file}:${index + 1}`;
      const line = validate(parseJson(text, where, mend), where, lineSchema);
      return [keyOf(line), line] as const;
    }),
  );
}

/** By the request too: an edited dialogue is asked about under the id of its original. */
function keyOf({
  dialogue,
  repeat,
  requestHash,
  ...place
}: About & CallPlace & Pick<Line, 'requestHash'>): string {
  return JSON.stringify([dialogue, repeat, placeKey(place), requestHash]);
}

function lacking({ dialogue }: About, { role }: CallPlace): MatrixError {
  return new MatrixError(
    `the recording has no answer to a call of ${role} on ${dialogue}: it was made with another prompt, taxonomy or dataset`,
    { mend: 'Replay what was recorded, or record anew with --record.' },
  );
}
