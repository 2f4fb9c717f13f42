import { request } from 'undici';
import { eventsIn } from './server-sent-events.js';
import { dispatcherFor } from '../../models/dispatcher.js';
import { failureOf } from '../../models/http-failure.js';
import { ModelError } from '../../models/model-error.js';
import { retryAfterOf } from '../../models/retry-after.js';

/** Bytes of one answer at most. */
const LARGEST_ANSWER = 1_000_000;

export interface HttpCall {
  readonly method: 'POST' | 'PUT' | 'PATCH';
  readonly url: string;
  /** The address as messages show it: without what may be secret. */
  readonly shownUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Whether the answer comes as server-sent events. */
  readonly streams: boolean;
}

export interface HttpAnswer {
  readonly status: number;
  /** One value; of a stream one for each event. */
  readonly values: readonly unknown[];
}

/** Sends JSON and reads JSON, or server-sent events that hold it. @throws ModelError on any status but 2xx; its message holds nothing that was said */
export async function callJson(call: HttpCall, signal: AbortSignal): Promise<HttpAnswer> {
  const { status, headers, text } = await send(call, signal);
  if (status < 200 || status > 299) {
    throw new ModelError(`${status} from ${call.shownUrl}`, {
      failure: failureOf(status),
      status,
      retryAfter: retryAfterOf(headers),
    });
  }
  try {
    return { status, values: (call.streams ? eventsIn(text) : [text]).map(parsed) };
  } catch {
    const type = headers.get('content-type') ?? 'no content type';
    const mend = !call.streams && type.includes('event-stream') ? ': write reply.stream: sse' : '';
    throw new ModelError(
      `${call.shownUrl} answered ${status} with what is not JSON (${type})${mend}`,
      {
        failure: 'malformed',
        status,
      },
    );
  }
}

function parsed(text: string): unknown {
  return JSON.parse(text);
}

async function send(
  { method, url, shownUrl, headers, body, streams }: HttpCall,
  signal: AbortSignal,
) {
  try {
    const answer = await request(url, {
      dispatcher: dispatcherFor(url, LARGEST_ANSWER),
      method,
      headers: {
        'content-type': 'application/json',
        accept: streams ? 'text/event-stream' : 'application/json',
        ...headers,
      },
      body: JSON.stringify(body),
      signal,
    });
    const header = (name: string) => [answer.headers[name] ?? []].flat()[0] ?? null;
    return {
      status: answer.statusCode,
      headers: { get: header },
      text: await answer.body.text(),
    };
  } catch (cause) {
    signal.throwIfAborted();
    throw broken(shownUrl, cause);
  }
}

function broken(shownUrl: string, cause: unknown): ModelError {
  const code = codeOf(cause);
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    return new ModelError(`${shownUrl} answered with more than ${LARGEST_ANSWER} bytes`, {
      failure: 'malformed',
      cause,
    });
  }
  if (code === 'UND_ERR_INVALID_ARG') {
    return new ModelError(`the address or a header for ${shownUrl} is malformed`, {
      failure: 'request',
      cause,
    });
  }
  return new ModelError(`no connection to ${shownUrl}, or it broke (${code})`, {
    failure: 'connection',
    cause,
  });
}

/** As `ECONNREFUSED`; the message of such errors may hold the whole address. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown reason';
}
