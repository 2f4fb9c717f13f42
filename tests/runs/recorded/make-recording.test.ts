import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ModelError } from '../../../src/models/model-error.js';
import { makeRecording, recordedBefore } from '../../../src/runs/recorded/make-recording.js';
import type { DraftOptions } from '../../../src/runs/recorded/recording-draft.js';
import { readRecordingFacts } from '../../../src/runs/recorded/recording-facts.js';
import { library, never } from '../../fixtures.js';
import { answerTo, clock, holdRun, newStore, storedRun } from '../judging-fixtures.js';

type Supply = NonNullable<DraftOptions['supply']>;

const passing: Supply = ({ prompt, request }) =>
  Promise.resolve({ prompt, text: answerTo(request as never), finish: 'complete' });

/** Four dialogues, and a folder for what is recorded of them. */
async function start() {
  const { store } = newStore();
  await holdRun(store, { judges: [] });
  const source = await storedRun(store);
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'recorded-')), 'rec');
  const make = (supply: Supply, { stop = never, model = 'm' } = {}) =>
    makeRecording(source, {
      ...{ folder, supply, stop, model, clock, signal: never, concurrency: 1 },
      taxonomy: library.taxonomy,
    });
  return { folder, make, kept: () => recordedBefore(folder).size };
}

describe('making a recording', () => {
  it('has each answer on disk before the next is asked for', async () => {
    const { make, kept } = await start();
    const before: number[] = [];
    await make((asked, signal) => {
      before.push(kept());
      return passing(asked, signal);
    });
    expect(before).toEqual([0, 1, 2, 3]);
  });

  it('keeps what it held and did not come to when it is stopped', async () => {
    const { folder, make, kept } = await start();
    await make(passing);
    const all = readFileSync(path.join(folder, 'answers.jsonl'), 'utf8');
    await expect(make(passing, { stop: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow(
      'stopped',
    );
    expect(kept()).toBe(4);
    expect(readFileSync(path.join(folder, 'answers.jsonl'), 'utf8')).toBe(all);
  });

  it('says which dialogues could not be asked about, and goes on with the others', async () => {
    const { make, kept } = await start();
    const failures = { left: 1 };
    const made = await make((asked, signal) => {
      failures.left -= 1;
      if (failures.left < 0) return passing(asked, signal);
      return Promise.reject(new ModelError('the server is down', { failure: 'server' }));
    });
    expect(made.failures).toEqual([expect.stringMatching(/^H01-D01\/careful\/1: .*is down/)]);
    expect(kept()).toBe(3);
  });

  it('adds a later part to the making that is under way', async () => {
    const { folder, make } = await start();
    const limit = { left: 2 };
    await make((asked, signal) => {
      limit.left -= 1;
      return limit.left < 0 ? Promise.resolve(undefined) : passing(asked, signal);
    });
    expect(readRecordingFacts(folder)?.makings).toMatchObject([{ made: 2, removed: 0 }]);
    await make(passing);
    expect(readRecordingFacts(folder)?.makings).toMatchObject([{ made: 4, removed: 0 }]);
  });
});
