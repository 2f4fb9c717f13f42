import { EXIT, MatrixError } from '../errors.js';
import { ModelError } from './model-error.js';
import type { Provider } from './providers/provider.js';

/**
 * A failure that every further call would meet too, as one that stops the run and that the user can
 * mend: a refused key, an unknown model, used-up credit. Anything else comes back as it is.
 */
export function fatalFailure(error: unknown, name: string, provider: Provider): unknown {
  if (!(error instanceof ModelError)) return error;
  const problem = problemOf(error, name, provider);
  if (!problem) return error;
  return new MatrixError(problem.message, {
    mend: `${problem.mend}, then go on.`,
    exitCode: EXIT.incomplete,
    cause: error,
  });
}

function problemOf(
  { failure, status, message }: ModelError,
  name: string,
  { credential, server }: Provider,
): { message: string; mend: string } | undefined {
  const from = `${status ?? 'a refusal'} from the model server for ${name}`;
  if (failure === 'key')
    return { message: `${from}: ${credential} was refused.`, mend: 'Mend the key' };
  if (failure === 'quota') return { message, mend: 'Add credit, or raise the quota' };
  if (failure !== 'not-found') return undefined;
  return { message, mend: `Check the model's name, and that its server is ${server}` };
}
