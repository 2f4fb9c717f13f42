import { withoutSecrets } from '../secrets.js';
import { ModelError, type Failure } from './model-error.js';

/** What a status other than 2xx means; a redirect is a wrong address, for a POST cannot follow it. */
export function failureOf(status: number): Failure {
  if (status === 401 || status === 403) return 'key';
  if (status === 402) return 'quota';
  if (status === 404 || (status >= 300 && status < 400)) return 'not-found';
  if (status === 408 || status === 409 || status >= 500) return 'server';
  return status === 429 ? 'rate' : 'request';
}

/** What a provider's server said when it refused a call. */
export interface Refusal {
  readonly status: number;
  /** Where it tells more than the status. */
  readonly failure?: Failure | undefined;
  readonly message?: string | undefined;
  readonly retryAfter?: number | undefined;
  readonly parameter?: string | undefined;
}

const MOST_OF_A_MESSAGE = 300;

/** A refusal as an error that can be shown: no key, and not a whole page. */
export function refusedCall(name: string, refusal: Refusal): ModelError {
  const { status, message, failure = failureOf(status), retryAfter, parameter } = refusal;
  // A refused key is echoed, at times in part, where nothing could find it.
  const said = failure === 'key' ? '' : shown(message ?? '');
  return new ModelError(
    `${status} from the model server for ${name}${said === '' ? '' : `: ${said}`}`,
    { failure, status, retryAfter, parameter },
  );
}

export function brokenConnection(name: string, detail: string | undefined): ModelError {
  const why = detail === undefined ? '' : ` (${shown(detail)})`;
  return new ModelError(`no connection to the model server for ${name}, or it broke${why}`, {
    failure: 'connection',
  });
}

export function malformedAnswer(name: string): ModelError {
  return new ModelError(`the model server for ${name} gave an answer that cannot be read`, {
    failure: 'malformed',
  });
}

/** A failure before the request left: of the library or of the request itself. */
export function unsentCall(name: string, error: unknown): ModelError {
  const why = error instanceof Error ? error.message : String(error);
  return new ModelError(`the call of ${name} could not be made: ${shown(why)}`, {
    failure: 'request',
  });
}

function shown(text: string): string {
  const line = withoutSecrets(text).replace(/\s+/g, ' ').trim();
  return line.length > MOST_OF_A_MESSAGE ? `${line.slice(0, MOST_OF_A_MESSAGE)}…` : line;
}
