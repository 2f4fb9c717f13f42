import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { callSchema, type Call } from '../../src/calls/call.js';
import { createCallRecorder } from '../../src/calls/call-recorder.js';
import { journalRecording } from '../../src/calls/recording.js';
import { reasonOf } from '../../src/errors.js';
import { readSecret } from '../../src/secrets.js';

const answer = z.object({ text: z.string() });

function journal() {
  const kept: Call[] = [];
  return { kept, record: (call: Call) => Promise.resolve(void kept.push(callSchema.parse(call))) };
}

const say = (text: string) => () => Promise.resolve({ answer: { text } });
const refuse = () => Promise.reject(new Error('a recorded call was made again'));

describe('a call recorder', () => {
  it('counts the calls of each role, and keeps request, answer and cost', async () => {
    const book = journal();
    const calls = createCallRecorder(journalRecording(book, []));
    const usage = { inputTokens: 9, outputTokens: 3 };
    await calls.call({ role: 'agent' }, { turn: 1 }, answer, async () => ({
      ...(await say('Hello.')()),
      model: 'openai:m',
      usage,
      attempts: 2,
    }));
    await calls.call({ role: 'patient' }, { turn: 2 }, answer, say('Hm.'));
    await calls.call({ role: 'agent' }, { turn: 3 }, answer, say('Well?'));
    expect(book.kept.map(({ role, ordinal }) => `${role} ${ordinal}`)).toEqual([
      'agent 1',
      'patient 1',
      'agent 2',
    ]);
    expect(book.kept[0]).toMatchObject({ ...usage, model: 'openai:m', attempts: 2 });
  });

  it('answers a recorded call from the journal, and makes the next', async () => {
    const book = journal();
    await createCallRecorder(journalRecording(book, [])).call(
      { role: 'agent' },
      { turn: 1 },
      answer,
      say('Hello.'),
    );
    const again = createCallRecorder(journalRecording(book, [...book.kept]));
    expect(await again.call({ role: 'agent' }, { turn: 1 }, answer, refuse)).toEqual({
      text: 'Hello.',
    });
    await again.call({ role: 'agent' }, { turn: 3 }, answer, say('Well?'));
    expect(book.kept).toHaveLength(2);
  });

  it('refuses a recorded call that would ask something else', async () => {
    const book = journal();
    await createCallRecorder(journalRecording(book, [])).call(
      { role: 'agent' },
      { turn: 1 },
      answer,
      say('Hello.'),
    );
    const again = createCallRecorder(journalRecording(book, book.kept));
    await expect(again.call({ role: 'agent' }, { turn: 99 }, answer, refuse)).rejects.toThrow(
      /call 1 of agent would ask something else/,
    );
  });

  it('keeps nothing of a call that fails', async () => {
    const book = journal();
    const calls = createCallRecorder(journalRecording(book, []));
    await expect(calls.call({ role: 'agent' }, {}, answer, refuse)).rejects.toThrow();
    expect(book.kept).toEqual([]);
  });

  it('tells of a call that fails what was asked, and how long it took', async () => {
    const told: unknown[] = [];
    const times = [100, 130];
    const calls = createCallRecorder(journalRecording(journal(), []), {
      now: () => times.shift() ?? 0,
      onFailedCall: ({ role, request }, error, latency) =>
        told.push([role, request, reasonOf(error), latency]),
    });
    await expect(calls.call({ role: 'agent' }, { turn: 1 }, answer, refuse)).rejects.toThrow();
    expect(told).toEqual([['agent', { turn: 1 }, 'a recorded call was made again', 30]]);
  });

  it('takes secrets out of what it keeps and of what it gives', async () => {
    process.env.TEST_RECORDER_KEY = 'sk-recorder-"quoted"-1234';
    readSecret('TEST_RECORDER_KEY');
    const book = journal();
    const given = await createCallRecorder(journalRecording(book, [])).call(
      { role: 'agent' },
      { header: 'sk-recorder-"quoted"-1234' },
      answer,
      say('You sent sk-recorder-"quoted"-1234.'),
    );
    expect(given.text).toBe('You sent [key].');
    expect(JSON.stringify(book.kept)).not.toContain('sk-recorder');
  });
});
