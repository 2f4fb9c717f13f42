import type { RawResponse } from './chat-api.js';
import { HTTP_FAILURES, type HttpFailure } from './faults.js';

/** The provider's form of an error. */
export function geminiError(
  status: number,
  name: string,
  message: string,
  details?: readonly object[],
): RawResponse {
  const error = { code: status, message, status: name, ...(details && { details }) };
  return { status, body: { error } };
}

/** @param retryAfter seconds that a rate limit asks to wait */
export function geminiFailure(failure: HttpFailure, retryAfter: number): RawResponse {
  const [name, message] = FAILURES[failure];
  const details = detailsOf(failure, retryAfter);
  return geminiError(HTTP_FAILURES[failure], name, message, details);
}

function detailsOf(failure: HttpFailure, retryAfter: number): object[] | undefined {
  const retry = {
    '@type': 'type.googleapis.com/google.rpc.RetryInfo',
    retryDelay: `${retryAfter}s`,
  };
  if (failure === 'rate') return [quotaFailure('Minute'), retry];
  return failure === 'quota' ? [quotaFailure('Day')] : undefined;
}

function quotaFailure(span: 'Minute' | 'Day'): object {
  return {
    '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
    violations: [
      {
        quotaMetric: 'generativelanguage.googleapis.com/generate_content_free_tier_requests',
        quotaId: `GenerateRequestsPer${span}PerProjectPerModel-FreeTier`,
      },
    ],
  };
}

const QUOTA_EXCEEDED =
  'You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits.';
const FAILURES: Record<HttpFailure, [status: string, message: string]> = {
  rate: ['RESOURCE_EXHAUSTED', QUOTA_EXCEEDED],
  storm: ['RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).'],
  quota: ['RESOURCE_EXHAUSTED', QUOTA_EXCEEDED],
  server: ['INTERNAL', 'An internal error has occurred. Please retry.'],
  overloaded: ['UNAVAILABLE', 'The model is overloaded. Please try again later.'],
  timeout408: ['DEADLINE_EXCEEDED', 'Deadline expired before operation could complete.'],
  conflict: ['ABORTED', 'The operation was aborted.'],
};
