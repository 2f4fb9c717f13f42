import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EXIT, MatrixError } from '../../src/errors.js';
import { fixture } from '../cli/matrix-sim.js';

/** A byte of a store, by its place in the file, and what it becomes. */
export interface Flip {
  readonly at: number;
  readonly to: number;
}

const sound = readFileSync(fixture('store-0.1.0.db'));
const folder = mkdtempSync(path.join(tmpdir(), 'soak-store-'));

const flip = (most: number) =>
  fc.record({ at: fc.integer({ min: 0, max: most - 1 }), to: fc.integer({ min: 0, max: 255 }) });

/** A few bytes anywhere, or at the beginning, where the format and the schema stand. */
export const brokenStores: fc.Arbitrary<Flip[]> = fc.oneof(
  fc.array(flip(sound.length), { minLength: 1, maxLength: 40 }),
  fc.array(flip(4096), { minLength: 1, maxLength: 4 }),
);

/**
 * Reads all of a store in a process of its own, which the engine may abort.
 * @returns what is wrong. @throws MatrixError where the store was refused in words
 */
export function readStoreApart(flips: readonly Flip[]): string | undefined {
  const bytes = Buffer.from(sound);
  for (const { at, to } of flips) bytes[at] = to;
  const file = path.join(folder, 'store.db');
  for (const ending of ['', '-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
  writeFileSync(file, bytes);
  const args = [fixture('read-store.mjs'), file];
  const { status, signal, stderr, stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: 20_000,
  });
  if (status !== 0) return `ended with ${status ?? signal}: ${stderr.slice(0, 1000)}`;
  const refusal = JSON.parse(stdout) as { message: string; mend: string } | null;
  if (refusal) throw new MatrixError(refusal.message, { ...refusal, exitCode: EXIT.usage });
  return undefined;
}
