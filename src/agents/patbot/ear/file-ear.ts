import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { fingerprint } from '../../../fingerprint.js';
import { readJsonLines } from '../../../labelled/labelled-dialogue.js';
import type { ChatAnswer, ChatModel, ChatRequest } from '../../../models/chat-model.js';
import { ModelError } from '../../../models/model-error.js';

/** One line: what was asked, by its hash, and the answer as text or as the JSON that it holds. */
const answerLineSchema = z.object({
  asked: z.string(),
  answer: z.union([z.string(), z.looseObject({})]),
});

/**
 * A model that no key reaches, by its answers in a file: `file:ANSWERS.jsonl`, lines of `asked`, a hash
 * of the messages, and `answer`. What the file lacks is written to ANSWERS.unanswered.jsonl beside it,
 * lines of `asked`, `messages` and `schema`: have those answered, add the answers to the file, go on.
 * @throws MatrixError where the file is missing or a line is wrong
 */
export function answersFromFile(spec: string): ChatModel {
  const file = spec.slice('file:'.length);
  const lines = readJsonLines(file, answerLineSchema);
  const answers = new Map(lines.map(({ asked, answer }) => [asked, answer]));
  const keepUnanswered = unansweredBeside(file);
  return {
    name: spec,
    family: 'file',
    complete: (request) => {
      const asked = hashOf(request);
      const answer = answers.get(asked);
      if (answer !== undefined) return Promise.resolve(complete(answer));
      const unanswered = keepUnanswered(asked, request);
      return Promise.reject(
        new ModelError(`${file} lacks an answer; what was asked stands in ${unanswered}`, {
          failure: 'not-found',
        }),
      );
    },
  };
}

function hashOf({ messages }: ChatRequest): string {
  return fingerprint({ messages: JSON.stringify(messages) });
}

function complete(answer: string | object): ChatAnswer {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
  return { text, finish: 'complete', usage: null, attempts: 1, dropped: [] };
}

/** Keeps each question once, in a file that begins anew with the first of a session. */
function unansweredBeside(file: string): (asked: string, request: ChatRequest) => string {
  const unanswered = `${file.replace(/\.jsonl$/, '')}.unanswered.jsonl`;
  const kept = new Set<string>();
  return (asked, { messages, format }) => {
    if (kept.has(asked)) return unanswered;
    const line = JSON.stringify({ asked, messages, schema: format?.schema });
    writeFileSync(unanswered, `${line}\n`, { flag: kept.size === 0 ? 'w' : 'a' });
    kept.add(asked);
    return unanswered;
  };
}
