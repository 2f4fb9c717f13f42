import { describe, expect, it } from 'vitest';
import { createCallRecorder } from '../../src/calls/call-recorder.js';
import { journalRecording } from '../../src/calls/recording.js';
import type { Call } from '../../src/calls/call.js';
import type { ChatModel, Usage } from '../../src/models/chat-model.js';
import { recordedModel } from '../../src/models/recorded-model.js';
import { ask, REQUEST } from './model-fixtures.js';

function modelThatCounts(usage: Usage | null): ChatModel {
  const answer = {
    text: 'Good day.',
    finish: 'complete',
    usage,
    attempts: 1,
    dropped: [],
  } as const;
  return {
    name: 'openai:m',
    family: 'openai',
    complete: () => Promise.resolve({ ...answer, dropped: [] }),
  };
}

async function journalled(usage: Usage | null) {
  const kept: Call[] = [];
  const journal = { record: (call: Call) => Promise.resolve(void kept.push(call)) };
  const answer = await ask(
    recordedModel(modelThatCounts(usage), createCallRecorder(journalRecording(journal, [])), {
      role: 'agent',
    }),
  );
  return { answer, call: kept[0] };
}

describe('recordedModel', () => {
  it('journals the tokens that the server counts', async () => {
    const usage = { inputTokens: 90, outputTokens: 7 };
    const { answer, call } = await journalled(usage);
    expect(answer.usage).toEqual(usage);
    expect(call).toMatchObject(usage);
  });

  it('journals an estimate where the server does not count, and leaves the answer as it was', async () => {
    const { answer, call } = await journalled(null);
    const asked = REQUEST.messages.map(({ text }) => text).join('').length;
    expect(answer.usage).toBeNull();
    expect(call).toMatchObject({ inputTokens: Math.ceil(asked / 4), outputTokens: 3 });
    expect(call?.answer).toMatchObject({ usage: null });
  });
});
