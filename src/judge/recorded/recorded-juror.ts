import type { CallRole } from '../../calls/call.js';
import { fingerprint } from '../../fingerprint.js';
import { chatAnswerSchema, type ChatAnswer, type ChatModel } from '../../models/chat-model.js';
import type { ChatRequest } from '../../models/chat-model.js';
import { silentModel } from '../../models/replay-models.js';
import { ENGINES } from '../engines.js';
import type { Hearing, Juror } from '../juror.js';
import { createModelJuror, type ModelJurorOptions } from '../model/model-juror.js';
import { NotRecorded } from '../model/not-recorded.js';
import { secretOf } from '../secret.js';
import { questionKey } from './question-key.js';
import {
  fingerprintOf,
  promptHash,
  type RecordedAnswer,
  type RecordedAnswers,
} from './recorded-answers.js';

/** A prompt about a question; the second of a question asks again. */
export interface Asked {
  readonly key: string;
  /** SHA-256 of its messages. */
  readonly prompt: string;
  readonly request: ChatRequest;
}

/** What a recorded juror answers from. */
export interface AnswerSource {
  /** What marks and order derive from where this question is asked. */
  nonceOf(key: string): string;
  /** Undefined where there is no answer to this very prompt. */
  answerTo(asked: Asked, signal: AbortSignal): Promise<RecordedAnswer | undefined>;
}

/** Answers as they are kept, and no others. */
export function keptAnswers(answers: RecordedAnswers): AnswerSource {
  return {
    // What is not recorded is put to nobody, so any nonce will do.
    nonceOf: (key) => answers.get(key)?.nonce ?? '',
    answerTo: ({ key, prompt }) =>
      Promise.resolve(answers.get(key)?.answers.find((answer) => answer.prompt === prompt)),
  };
}

/**
 * A juror that says what a language model said when it was asked the same. Its answers pass the checks
 * of any model's; on what is not recorded it abstains.
 */
export function recordedJuror(
  name: string,
  answers: RecordedAnswers,
  options: ModelJurorOptions,
): Juror {
  return {
    ...jurorAnsweredBy(keptAnswers(answers), name, options),
    fingerprint: fingerprint({
      engine: ENGINES.model,
      answers: fingerprintOf(answers),
      prompt: options.prompt.fingerprint,
    }),
  };
}

/** A model juror whose questions are answered by a source in place of a model. */
export function jurorAnsweredBy(
  source: AnswerSource,
  name: string,
  options: ModelJurorOptions,
): Juror {
  const { prompt, taxonomy } = options;
  return createModelJuror(silentModel(name, 'recorded'), {
    ...options,
    answererOf: (question, role, hearing) => {
      const key = questionKey(prompt, taxonomy, question);
      return {
        model: answering(source, key, { name, role, hearing }),
        secret: secretOf(source.nonceOf(key), key),
        // The juror's name and the part of its question may change; what was asked did not.
        label: '',
      };
    },
  });
}

interface Seat {
  readonly name: string;
  readonly role: CallRole;
  readonly hearing: Hearing;
}

/** Its answers go into the journal as any other's, under no model: nothing is asked and nothing paid. */
function answering(source: AnswerSource, key: string, { name, role, hearing }: Seat): ChatModel {
  return {
    name,
    family: 'recorded',
    complete: async (request, signal) => {
      const asked = { key, prompt: promptHash(request.messages), request };
      const recorded = await source.answerTo(asked, signal);
      if (!recorded) throw new NotRecorded();
      const answer = asChatAnswer(recorded);
      const call = { model: name, ...request };
      return hearing.calls.call(role, call, chatAnswerSchema, () => Promise.resolve({ answer }));
    },
  };
}

function asChatAnswer({ text, finish }: RecordedAnswer): ChatAnswer {
  return { text, finish, usage: null, attempts: 1, dropped: [] };
}
