import type { ChatAnswer, ChatModel, ChatRequest } from '../../src/models/chat-model.js';

/** Gives its answers in turn and keeps what it was asked. */
export class ScriptedModel implements ChatModel {
  readonly name = 'scripted';
  readonly family = 'none';
  readonly requests: ChatRequest[] = [];
  private readonly answers: (string | Pick<ChatAnswer, 'text' | 'finish'>)[];

  constructor(...answers: (string | Pick<ChatAnswer, 'text' | 'finish'>)[]) {
    this.answers = answers;
  }

  complete(request: ChatRequest): Promise<ChatAnswer> {
    this.requests.push(request);
    const answer = this.answers.shift();
    if (answer === undefined) return Promise.reject(new Error('asked more often than scripted'));
    const said =
      typeof answer === 'string' ? { text: answer, finish: 'complete' as const } : answer;
    return Promise.resolve({ ...said, usage: null, attempts: 1, dropped: [] });
  }
}
