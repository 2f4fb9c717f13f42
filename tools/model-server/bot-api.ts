import { z } from 'zod';
import { Rejected } from './chat-api.js';
import type { Asked, ChatApi, Message, RawResponse } from './chat-api.js';
import { HTTP_FAILURES, type HttpFailure } from './faults.js';

const sessionSchema = z.object({ session: z.string().min(1), text: z.string() });
const fullSchema = z.object({
  messages: z.array(
    z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() }),
  ),
});

/**
 * A deployed agent behind its own HTTP API, which keeps each dialogue: `POST /bot/session` takes the
 * patient's last words, empty at the start, and gives named events.
 * @param key that `authorization: Bearer` must carry, where given
 */
export function createSessionBot(key: string | undefined, retryAfter: number): ChatApi {
  const histories = new Map<string, readonly Message[]>();
  return createBot('/bot/session', key, retryAfter, (json) => {
    const { session, text } = accept(sessionSchema, json);
    const heard: Message[] = text === '' ? [] : [{ role: 'user', text }];
    const messages = [...(histories.get(session) ?? []), ...heard];
    return askedBy('/bot/session', messages, (said) => {
      if (said.ended) histories.delete(session);
      else histories.set(session, [...messages, { role: 'assistant', text: said.text }]);
      return {
        message: { text: said.text },
        events: said.events.map((name) => ({ name })),
        finished: said.ended,
      };
    });
  });
}

/** A deployed agent that is told the whole dialogue at each turn: `POST /bot/full`. */
export function createFullBot(key: string | undefined, retryAfter: number): ChatApi {
  return createBot('/bot/full', key, retryAfter, (json) => {
    const { messages } = accept(fullSchema, json);
    const turns = messages.map(({ role, content }) => ({ role, text: content }));
    return askedBy('/bot/full', turns, ({ text, events, ended }) => ({
      reply: { text },
      actions: events,
      done: ended,
    }));
  });
}

function createBot(
  path: string,
  key: string | undefined,
  retryAfter: number,
  read: (json: unknown) => Asked,
): ChatApi {
  return {
    name: 'bot',
    serves: (incoming) => incoming.method === 'POST' && incoming.path === path,
    read: ({ headers }, json) => {
      if (key !== undefined && headers.authorization !== `Bearer ${key}`) {
        throw new Rejected({ status: 401, body: { error: 'unauthorized' } });
      }
      return read(json);
    },
    fail: (failure) => fail(failure, retryAfter),
  };
}

function accept<S extends z.ZodType>(schema: S, json: unknown): z.output<S> {
  const { data, error } = schema.safeParse(json);
  if (error) {
    const [issue] = error.issues;
    const message = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`;
    throw new Rejected({ status: 422, body: { error: message } });
  }
  return data;
}

/** What was said, without the marks of the actions in it. */
interface Said {
  readonly text: string;
  /** Such as `escalate_emergency_999`. */
  readonly events: readonly string[];
  readonly ended: boolean;
}

function askedBy(model: string, messages: readonly Message[], body: (said: Said) => object): Asked {
  return {
    model,
    messages,
    answer: ({ text }) => ({ status: 200, body: body(withoutMarks(text)) }),
  };
}

const MARK = /\s*\[([A-Z]{2}[^\]]*)\]/g;
const END = 'end_call';

function withoutMarks(text: string): Said {
  const marks = [...text.matchAll(MARK)].map(([, mark = '']) =>
    mark.toLowerCase().replaceAll(' ', '_'),
  );
  return {
    text: text.replace(MARK, '').trim(),
    events: marks.filter((mark) => mark !== END),
    ended: marks.includes(END),
  };
}

function fail(failure: HttpFailure, retryAfter: number): RawResponse {
  const response = { status: HTTP_FAILURES[failure], body: { error: failure } };
  if (failure !== 'rate') return response;
  return { ...response, headers: { 'retry-after': String(retryAfter) } };
}
