import { appendFileSync, existsSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Answered } from '../calls/call-recorder.js';
import { MatrixError } from '../errors.js';
import { fingerprint } from '../fingerprint.js';
import { parseJson, readText, validate } from '../read-file.js';
import { withoutSecrets } from '../secrets.js';
import { usageSchema } from './chat-model.js';
import { ModelError } from './model-error.js';

const headSchema = z.object({
  /** What marks and orders of the prompts derive from. */
  nonce: z.string().min(1),
  /** Of this package. */
  version: z.string(),
  date: z.iso.datetime(),
});
export type RecordingHead = z.infer<typeof headSchema>;

const lineSchema = z.object({
  dialogue: z.string(),
  repeat: z.int().positive(),
  role: z.string(),
  model: z.string().nullable(),
  /** SHA-256, 64 hex digits. */
  requestHash: z.string(),
  request: z.unknown(),
  answer: z.unknown().optional(),
  usage: usageSchema.nullable(),
  /** Why there is no answer. */
  failed: z.string().optional(),
});
type Line = z.infer<typeof lineSchema>;

/** Whose call it is: one role's, about one dialogue, in one of its repeats (from 1). */
export type CallPlace = Pick<Line, 'dialogue' | 'repeat' | 'role'>;

export type KeptAnswer = Answered<unknown> & { readonly replayed: boolean };

/** Prompts and answers in a folder: `recording.json`, and `calls.jsonl` with a line a call. */
export interface Recording {
  readonly nonce: string;
  /**
   * Answers a call from the recording. While recording, what it lacks or holds as failed is asked, and
   * kept before this resolves.
   * @throws MatrixError where a replay lacks the call
   * @throws ModelError where the call failed
   */
  answer(
    place: CallPlace,
    request: unknown,
    make: () => Promise<Answered<unknown>>,
  ): Promise<KeptAnswer>;
}

/**
 * Begins a recording, or goes on with the one that the folder holds.
 * @param begin made only for a new recording
 * @throws MatrixError where the folder cannot be written, or holds something else
 */
export function openRecording(folder: string, begin: () => RecordingHead): Recording {
  const { head, calls } = filesOf(folder);
  try {
    // Not recursive: under /proc that never returns (Node 20).
    if (!existsSync(folder)) mkdirSync(folder);
    if (!existsSync(head)) writeFileSync(head, `${JSON.stringify(begin(), null, 2)}\n`);
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
  const keep = (line: Line): Line => {
    const text = withoutSecrets(JSON.stringify(line));
    // At once and synchronously: whatever ends the process, what was paid for is kept.
    appendFileSync(calls, `${text}\n`);
    const kept = JSON.parse(text) as Line;
    lines.set(keyOf(kept), kept);
    return kept;
  };
  return {
    nonce,
    answer: async (place, request, make) => {
      const requestHash = hashOf(request);
      const known = lines.get(keyOf({ ...place, requestHash }));
      if (known && known.failed === undefined) return toAnswer(known, true);
      const asked = { ...place, requestHash, request, model: null, usage: null };
      try {
        const { answer, model = null, usage = null } = await make();
        return toAnswer(keep({ ...asked, model, answer, usage }), false);
      } catch (error) {
        if (error instanceof ModelError) keep({ ...asked, failed: error.message });
        throw error;
      }
    },
  };
}

/** A recording that answers and never asks. @throws MatrixError where the folder holds none */
export function openReplay(folder: string): Recording {
  const { head, calls } = filesOf(folder);
  const { nonce } = readHead(head);
  const lines = readCalls(calls);
  return {
    nonce,
    answer: (place, request) => {
      const kept = lines.get(keyOf({ ...place, requestHash: hashOf(request) }));
      return kept
        ? Promise.resolve(kept).then((line) => toAnswer(line, true))
        : Promise.reject(lacking(place));
    },
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
      return [keyOf(line), line];
    }),
  );
}

/** With dialogue and repeat, so that a prompt which is the same in two repeats is asked in both. */
function keyOf({
  dialogue,
  repeat,
  role,
  requestHash,
}: CallPlace & Pick<Line, 'requestHash'>): string {
  return JSON.stringify([dialogue, repeat, role, requestHash]);
}

function hashOf(request: unknown): string {
  return fingerprint({ request: JSON.stringify(request) });
}

function toAnswer({ answer, model, usage, failed }: Line, replayed: boolean): KeptAnswer {
  if (failed !== undefined) throw new ModelError(failed, { failure: 'server' });
  return { answer, usage, replayed, ...(model === null ? {} : { model }) };
}

function lacking({ dialogue, role }: CallPlace): MatrixError {
  return new MatrixError(
    `the recording has no answer to a call of ${role} on ${dialogue}: it was made with another prompt, taxonomy or dataset`,
    { mend: 'Replay what was recorded, or record anew with --record.' },
  );
}
