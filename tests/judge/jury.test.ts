import { describe, expect, it } from 'vitest';
import { createCallRecorder } from '../../src/calls/call-recorder.js';
import { journalRecording } from '../../src/calls/recording.js';
import type { Call } from '../../src/calls/call.js';
import { MatrixError } from '../../src/errors.js';
import { createBehvJudge } from '../../src/judge/behv-judge.js';
import { createGuardJuror } from '../../src/judge/guard/guard-juror.js';
import { type Hearing, type Juror } from '../../src/judge/juror.js';
import { loadJudgePrompt } from '../../src/judge/model/judge-prompt.js';
import { createModelJuror } from '../../src/judge/model/model-juror.js';
import { secretOf } from '../../src/judge/secret.js';
import { judgementSchema } from '../../src/judge/verdict.js';
import type { ChatModel, ChatRequest } from '../../src/models/chat-model.js';
import { ModelError } from '../../src/models/model-error.js';
import type { Models } from '../../src/models/open-model.js';
import { openJury } from '../../src/judge/jury/open-jury.js';
import { applicableModes } from '../../src/taxonomy/applicable-modes.js';
import { dialogue, library, never, unrecordedHearing } from '../fixtures.js';

const { taxonomy } = library;
const prompt = loadJudgePrompt(library.taxonomy);
const turns = dialogue('Hello.', 'My chest hurts.', 'That can wait. Goodbye.');
const held = { turns, hazards: ['H01'] };
const ids = applicableModes(taxonomy, ['H01']).map(({ id }) => id);
const DOWN = new ModelError('503 from\nthe server', { failure: 'server' });

function model(name: string, say: (request: ChatRequest) => string | Error): ChatModel {
  return {
    name,
    family: 'test',
    complete: (request) => {
      const text = say(request);
      if (typeof text !== 'string') return Promise.reject(text);
      return Promise.resolve({ text, finish: 'complete', usage: null, attempts: 1, dropped: [] });
    },
  };
}

const askedOf = ({ messages }: ChatRequest) =>
  /as one JSON object: (.+)$/m.exec(messages[1]?.text ?? '')?.[1]?.split(', ') ?? [];

/** A pass on all that is asked, sure or not by its mode. */
function passing(request: ChatRequest, confidence: (mode: string) => number = () => 1): string {
  const verdicts = askedOf(request).map((mode) => ({
    ...{ mode, rationale: '', verdict: 'pass', turn: null, quotes: [] },
    confidence: confidence(mode),
  }));
  return JSON.stringify({ notes: '', verdicts, appropriateness: null, other: [] });
}

const juror = (name: string, say: (request: ChatRequest) => string | Error) =>
  createModelJuror(model(name, say), { taxonomy, prompt });
const guard = (say: string | Error) =>
  createGuardJuror(
    model('guard', () => say),
    taxonomy,
  );

function recording(before: readonly Call[] = []): Hearing & { readonly made: Call[] } {
  const made: Call[] = [];
  const journal = { record: (call: Call) => Promise.resolve(void made.push(call)) };
  const calls = createCallRecorder(journalRecording(journal, before));
  return { calls, secret: secretOf('nonce', 'd'), signal: never, made };
}

const judgedBy = (jurors: readonly Juror[], second?: Juror, hearing?: Hearing) =>
  createBehvJudge(taxonomy, jurors, { second }).judge(held, hearing ?? unrecordedHearing());

describe('a jury whose jurors cannot all be asked', () => {
  it('names those that failed beside verdicts in which they abstain', async () => {
    const down = juror('down', () => DOWN);
    const { verdicts, failures } = await judgedBy([down, juror('up', passing), guard(DOWN)]);
    const why = '503 from the server';
    expect(failures).toEqual([
      { juror: 'down', why },
      { juror: 'guard', why },
    ]);
    for (const { jurors, outcome } of verdicts) {
      expect(jurors.find((said) => said.juror === 'guard')?.verdict).toBe('abstain');
      expect(['pass', 'not-applicable']).toContain(outcome);
    }
  });

  it('names a second juror that failed', async () => {
    const { failures } = await judgedBy(
      [juror('first', (request) => passing(request, () => 0.6))],
      juror('second', () => DOWN),
    );
    expect(failures).toEqual([{ juror: 'second', why: '503 from the server' }]);
  });

  it('has no failures where all answered, nor in a judgement that was kept before', async () => {
    expect((await judgedBy([juror('up', passing)])).failures).toEqual([]);
    expect(judgementSchema.parse({ verdicts: [] }).failures).toEqual([]);
  });

  it('lets the others end before it stops', async () => {
    const stop = new MatrixError('the key was refused', { mend: 'Mend it.' });
    const hearing = recording();
    let calls = 0;
    const up = juror('up', (request) => (++calls === 1 ? 'no JSON' : passing(request)));
    await expect(judgedBy([juror('stops', () => stop), up], undefined, hearing)).rejects.toBe(stop);
    expect(hearing.made.map(({ role }) => role)).toEqual(['juror up', 'juror up']);
  });
});

describe('a second juror', () => {
  const half = (request: ChatRequest) => passing(request, (mode) => (mode === ids[0] ? 0.6 : 1));

  it('is asked in a place of its own for every set of modes, and finds its answer again', async () => {
    const failed = recording();
    await judgedBy([juror('first', () => DOWN)], juror('second', passing), failed);
    const resumed = recording(failed.made);
    const again = await judgedBy([juror('first', half)], juror('second', passing), resumed);
    const [all, first, few] = [...failed.made, ...resumed.made];
    expect(first).toMatchObject({ role: 'juror first', part: '' });
    for (const call of [all, few]) {
      expect(call).toMatchObject({
        role: 'juror second',
        part: expect.stringMatching(/^on [0-9a-f]{8}$/) as string,
      });
    }
    expect(few?.part).not.toBe(all?.part);
    const silent = juror('second', () => new Error('asked again'));
    const kept = recording([...failed.made, ...resumed.made]);
    expect(await judgedBy([juror('first', half)], silent, kept)).toEqual(again);
    expect(kept.made).toEqual([]);
  });

  it('is asked about all modes behind guards alone', async () => {
    const asked: string[] = [];
    const second = juror('second', (request) => {
      asked.push(...askedOf(request));
      return passing(request);
    });
    const { verdicts } = await judgedBy([guard('safe')], second);
    expect(asked.length).toBeGreaterThan(0);
    for (const { jurors, outcome } of verdicts) {
      expect(jurors.map((said) => said.juror)).toEqual(['guard', 'second']);
      expect(['pass', 'not-applicable']).toContain(outcome);
    }
  });

  it('is asked only about what is open behind a guard and a juror that decides', async () => {
    const asked: string[] = [];
    const second = juror('second', (request) => {
      asked.push(...askedOf(request));
      return passing(request);
    });
    await judgedBy([guard('safe'), juror('first', half)], second);
    expect(asked).toEqual([ids[0]]);
  });

  it('cannot be a guard', async () => {
    const models: Models = { open: (name) => Promise.resolve(model(name, () => 'safe')) };
    const open = (second: string) =>
      openJury({ judges: ['deterministic'], second }, taxonomy, models);
    await expect(open('llama-guard:g@http://127.0.0.1:1')).rejects.toThrow(MatrixError);
    expect((await open('openai:m')).second).toBe('openai:m');
  });
});
