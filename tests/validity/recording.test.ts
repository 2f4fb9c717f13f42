import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createCallRecorder } from '../../src/calls/call-recorder.js';
import type { LabelledDialogue } from '../../src/labelled/labelled-dialogue.js';
import { ModelError } from '../../src/models/model-error.js';
import type { Models } from '../../src/models/open-model.js';
import { openRecording, openReplay, type Recordings } from '../../src/models/recording-folder.js';
import { replayModels } from '../../src/models/replay-models.js';
import { readSecret } from '../../src/secrets.js';
import { benchJudges } from '../../src/validity/bench.js';
import { openJudge } from '../../src/validity/judge-spec.js';
import { dialogue, library } from '../fixtures.js';
import { AnsweringModels, askedModes, contextOf, verdictsOn } from './answering-models.js';

let folder: string;
let calls: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'recording-'));
  calls = path.join(folder, 'calls.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const begin = (nonce = 'n1') => ({ nonce, version: '1.0.0', date: '2026-11-24T10:00:00.000Z' });
const set = ['a', 'b', 'c'].map((id): LabelledDialogue => {
  return { id, hazard: 'none', turns: dialogue('Hello.', `I am ${id}.`), labels: [] };
});

async function bench(recordings: Recordings, models: Models, dialogues = set, repeats = 1) {
  const context = contextOf(models, { recordings });
  const judges = [await openJudge('openai:m', library, context)];
  const result = await benchJudges('set', dialogues, judges, library.taxonomy, { repeats });
  const [judge] = result.judges;
  if (!judge) throw new Error('no judge');
  return judge;
}

const lines = () => readFileSync(calls, 'utf8').trim().split('\n');
const undecided = () =>
  new AnsweringModels((request) => verdictsOn(askedModes(request), 'abstain'));

describe('a recording', () => {
  it('is replayed without a call, with the same scores and tokens', async () => {
    const recorded = await bench(openRecording(folder, begin), undecided(), set, 2);
    const replayed = await bench(openReplay(folder), replayModels(), set, 2);
    expect(lines()).toHaveLength(6);
    expect(replayed.overall).toEqual(recorded.overall);
    expect(replayed.overall.undeterminedNegative).toBe(3);
    expect(replayed.flips).toEqual(recorded.flips);
    expect(replayed.fingerprint).toBe(recorded.fingerprint);
    expect(replayed.cost).toMatchObject({ calls: 6, replayed: 6, inputTokens: 600 });
    expect(replayed.cost?.seconds).toBeNull();
  });

  it('holds model, request and answer of a call on a line of its own', async () => {
    await bench(openRecording(folder, begin), new AnsweringModels(), set.slice(0, 1));
    expect(JSON.parse(lines()[0] ?? '')).toMatchObject({
      dialogue: 'a',
      repeat: 1,
      role: 'juror openai:m',
      model: 'openai:m',
      requestHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      request: { messages: [{ role: 'system' }, { role: 'user' }] },
      answer: { finish: 'complete' },
    });
    expect(JSON.parse(readFileSync(path.join(folder, 'recording.json'), 'utf8'))).toEqual(begin());
  });

  it('is gone on with under its own nonce, and nothing that was answered is asked again', async () => {
    await bench(openRecording(folder, begin), new AnsweringModels(), set.slice(0, 2));
    const models = new AnsweringModels();
    const again = openRecording(folder, () => begin('n2'));
    expect(again.of('a', 1).nonce).toBe('n1');
    const { cost } = await bench(again, models);
    expect(models.requests).toHaveLength(1);
    expect(cost).toMatchObject({ calls: 3, replayed: 2 });
  });

  it('keeps a call before the next is made, so that a bench cut off loses none', async () => {
    const kept: number[] = [];
    const models = new AnsweringModels((request) => {
      kept.push(readFileSync(calls, 'utf8').split('\n').length - 1);
      return verdictsOn(askedModes(request), 'pass');
    });
    const context = contextOf(models, { recordings: openRecording(folder, begin) });
    const judges = [await openJudge('openai:m', library, context)];
    await benchJudges('set', set, judges, library.taxonomy, { concurrency: 1 });
    expect(kept).toEqual([0, 1, 2]);
  });

  it('goes on after half a line, which a killed process may leave', async () => {
    await bench(openRecording(folder, begin), new AnsweringModels(), set.slice(0, 1));
    appendFileSync(calls, '{"dialogue":"b","rep');
    const models = new AnsweringModels();
    await bench(openReplay(folder), replayModels(), set.slice(0, 1));
    await bench(openRecording(folder, begin), models);
    expect(models.requests).toHaveLength(2);
    expect(lines().map((line) => (JSON.parse(line) as { dialogue: string }).dialogue)).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('replays a failed call as failed, and asks it again when gone on with', async () => {
    const down = new AnsweringModels(() => {
      throw new ModelError('the server is down', { failure: 'server' });
    });
    const failed = await bench(openRecording(folder, begin), down);
    expect(failed.cost).toMatchObject({ calls: 0, failed: 3 });
    const replayed = await bench(openReplay(folder), replayModels());
    expect(replayed.cost?.failed).toBe(3);
    expect(replayed.overall).toEqual(failed.overall);
    const mended = await bench(openRecording(folder, begin), new AnsweringModels());
    expect(mended.overall.tn).toBe(3);
    expect((await bench(openReplay(folder), replayModels())).overall.tn).toBe(3);
  });

  it('asks a prompt that is the same in two repeats in both', async () => {
    const recordings = openRecording(folder, begin);
    let made = 0;
    const make = () => Promise.resolve({ answer: (made += 1) });
    const ask = (repeat: number) =>
      createCallRecorder(recordings.of('a', repeat)).call(
        { role: 'juror' },
        { text: 'x' },
        z.number(),
        make,
      );
    const answers = [await ask(1), await ask(2), await ask(1)];
    expect(answers).toEqual([1, 2, 1]);
  });

  it('names the dialogue that a replay lacks', async () => {
    await bench(openRecording(folder, begin), new AnsweringModels(), set.slice(0, 2));
    const changed = set.map((one) => ({ ...one, turns: dialogue('Hello.', 'Changed.') }));
    for (const [dialogues, id] of [
      [set, 'c'],
      [changed, 'a'],
    ] as const) {
      await expect(bench(openReplay(folder), replayModels(), [...dialogues])).rejects.toThrow(
        `on ${id}: it was made with another prompt, taxonomy or dataset`,
      );
    }
  });

  it('holds no key', async () => {
    process.env.RECORDING_TEST_KEY = 'sk-very-secret-key';
    readSecret('RECORDING_TEST_KEY');
    const turns = dialogue('Hi.', 'My key: sk-very-secret-key.');
    const dialogues = set.map((one) => ({ ...one, turns }));
    await bench(openRecording(folder, begin), new AnsweringModels(), dialogues);
    expect(readFileSync(calls, 'utf8')).toContain('My key: [key].');
    await bench(openReplay(folder), replayModels(), dialogues);
    delete process.env.RECORDING_TEST_KEY;
  });

  it('is refused with one line where the folder holds none, or something else', () => {
    expect(() => openReplay(folder)).toThrow(/recording\.json: cannot be read/);
    writeFileSync(path.join(folder, 'recording.json'), '{"other": 1}');
    expect(() => openRecording(folder, begin)).toThrow(/recording\.json, nonce/);
    expect(() => openRecording('/proc/none', begin)).toThrow('no recording can be kept there');
  });

  it('names a line that is damaged', async () => {
    await bench(openRecording(folder, begin), new AnsweringModels(), set.slice(0, 1));
    appendFileSync(calls, 'nonsense\n');
    expect(() => openReplay(folder)).toThrow(/calls\.jsonl:2: not valid JSON/);
  });
});

describe('models of a replay', () => {
  it('open without a key, and still refuse a spec that is wrong', async () => {
    const model = await replayModels().open('langchain:anthropic:claude-x');
    expect(model).toMatchObject({ name: 'langchain:anthropic:claude-x', family: 'anthropic' });
    await expect(replayModels().open('nonsense')).rejects.toThrow('is no model');
  });
});
