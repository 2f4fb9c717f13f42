import type { IncomingHttpHeaders } from 'node:http';
import { Rejected, type RawResponse } from './chat-api.js';
import { HTTP_FAILURES, type HttpFailure } from './faults.js';

interface OpenAIError {
  readonly message: string;
  readonly type?: string;
  readonly param?: string | null;
  readonly code?: string | null;
}

/** The provider's form of an error. */
export function openAIError(error: OpenAIError): object {
  const { message, type = 'invalid_request_error', param = null, code = null } = error;
  return { error: { message, type, param, code } };
}

export function openAIRejection(status: number, error: OpenAIError): Rejected {
  return new Rejected({ status, body: openAIError(error) });
}

/** @throws Rejected, with the key in the message: the worst that a provider could do */
export function checkOpenAIKey(headers: IncomingHttpHeaders, key: string | undefined): void {
  const given = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  if (given === undefined) {
    throw openAIRejection(401, {
      message:
        "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
    });
  }
  if (key === undefined || given === key) return;
  throw openAIRejection(401, {
    message: `Incorrect API key provided: ${given}. You can find your API key at https://platform.openai.com/account/api-keys.`,
    code: 'invalid_api_key',
  });
}

/** @param retryAfter seconds that a rate limit asks to wait */
export function openAIFailure(failure: HttpFailure, retryAfter: number): RawResponse {
  const response = { status: HTTP_FAILURES[failure], body: openAIError(FAILURES[failure]) };
  if (failure !== 'rate') return response;
  return { ...response, headers: { 'retry-after': String(retryAfter) } };
}

const RATE_LIMIT = {
  message:
    'Rate limit reached for requests per min (RPM). Please try again later. Visit https://platform.openai.com/account/rate-limits to learn more.',
  type: 'requests',
  code: 'rate_limit_exceeded',
};
const FAILURES = {
  rate: RATE_LIMIT,
  storm: RATE_LIMIT,
  quota: {
    message:
      'You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.',
    type: 'insufficient_quota',
    code: 'insufficient_quota',
  },
  server: {
    message:
      'The server had an error while processing your request. Sorry about that! Please contact us through our help center at help.openai.com if the error persists.',
    type: 'server_error',
  },
  overloaded: {
    message: 'The server is currently overloaded with other requests. Please try again later.',
    type: 'server_error',
    code: 'service_unavailable',
  },
  timeout408: { message: 'The request timed out. Please try again.', type: 'server_error' },
  conflict: {
    message: 'The resource was updated by another request. Please try again.',
    type: 'conflict_error',
  },
};
