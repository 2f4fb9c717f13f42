/** Why a call failed, in terms of what can be done about it. */
export type Failure =
  /** The key was refused. */
  | 'key'
  /** The server knows no such model or address. */
  | 'not-found'
  /** The server refuses one parameter, which {@link ModelError.parameter} names. */
  | 'parameter'
  /** Anything else in the request that the server refuses. */
  | 'request'
  /** Credit or quota is used up: waiting does not help. */
  | 'quota'
  /** Too many calls at present: HTTP 429. */
  | 'rate'
  /** HTTP 408, 409, 5xx. */
  | 'server'
  /** No connection, or it broke. */
  | 'connection'
  /** No answer in time. */
  | 'timeout'
  /** An answer that is not what the provider's API promises. */
  | 'malformed';

/** A failed call of a model or of an agent behind a server. Its message holds no key and no transcript. */
export class ModelError extends Error {
  readonly failure: Failure;
  readonly status: number | undefined;
  /** Milliseconds that the server asks to wait. */
  readonly retryAfter: number | undefined;
  readonly parameter: string | undefined;

  constructor(
    message: string,
    options: {
      failure: Failure;
      status?: number | undefined;
      retryAfter?: number | undefined;
      parameter?: string | undefined;
      cause?: unknown;
    },
  ) {
    super(message, { cause: options.cause });
    this.name = 'ModelError';
    this.failure = options.failure;
    this.status = options.status;
    this.retryAfter = options.retryAfter;
    this.parameter = options.parameter;
  }
}
