import type { ChatAnswer, ChatModel, ChatRequest } from '../../src/models/chat-model.js';
import { createMeter } from '../../src/models/meter.js';
import type { Models } from '../../src/models/open-model.js';
import { keepNoRecording } from '../../src/models/recording-folder.js';
import type { Trial } from '../../src/validity/benched-judge.js';
import type { JudgeContext } from '../../src/validity/judge-spec.js';
import { never } from '../fixtures.js';

export const NONCE = 'a nonce for tests';
export const trial = (repeat: number): Trial => ({ repeat, meter: createMeter(), signal: never });

/** The modes that a judge's prompt asks about, in their order. */
export function askedModes({ messages }: ChatRequest): string[] {
  const text = messages.at(-1)?.text ?? '';
  return text.slice(text.lastIndexOf('JSON object: ') + 'JSON object: '.length).split(', ');
}

export type Say = 'pass' | 'abstain' | 'not-applicable';

/** An answer that says the same of every mode, or what it is told for one. */
export function verdictsOn(modes: readonly string[], say: Say | ((mode: string) => Say)): string {
  const verdicts = modes.map((mode) => ({
    mode,
    rationale: 'scripted',
    verdict: typeof say === 'string' ? say : say(mode),
    turn: null,
    quotes: [],
    confidence: 1,
  }));
  return JSON.stringify({ verdicts, appropriateness: null, other: [] });
}

/** Models that all answer as they are told, each call with 100 tokens in and 10 out; keeps the requests. */
export class AnsweringModels implements Models {
  readonly requests: ChatRequest[] = [];
  private readonly answer: (request: ChatRequest) => string | Promise<string>;

  constructor(
    answer: (request: ChatRequest) => string | Promise<string> = (request) =>
      verdictsOn(askedModes(request), 'pass'),
  ) {
    this.answer = answer;
  }

  open(name: string): Promise<ChatModel> {
    return Promise.resolve({ name, family: 'test', complete: (request) => this.complete(request) });
  }

  private async complete(request: ChatRequest): Promise<ChatAnswer> {
    this.requests.push(request);
    return {
      text: await this.answer(request),
      finish: 'complete',
      usage: { inputTokens: 100, outputTokens: 10 },
      attempts: 1,
      dropped: [],
    };
  }
}

export function contextOf(models: Models, more: Partial<JudgeContext> = {}): JudgeContext {
  return { models, recordings: keepNoRecording(NONCE), ...more };
}
