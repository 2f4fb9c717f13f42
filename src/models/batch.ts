import { z } from 'zod';
import type { Random } from '../determinism.js';
import { EXIT, MatrixError } from '../errors.js';
import { createLimiter } from './adaptive-limiter.js';
import { ModelError } from './model-error.js';
import { parseModelSpec } from './model-spec.js';
import type { BatchProvider } from './providers/batch-provider.js';
import { withRetries } from './retry.js';

/** What a recorded call of a model asked; see `recordedModel`. */
export const recordedRequestSchema = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), text: z.string() })),
  format: z.object({ name: z.string(), schema: z.record(z.string(), z.unknown()) }).optional(),
  maxTokens: z.int().optional(),
  temperature: z.number().optional(),
  seed: z.int().optional(),
});

/** Milliseconds for one look, or for fetching what was answered. */
const TIMEOUT = 10 * 60 * 1000;

/**
 * Opens the batches of a model. A look is tried again after failures that may pass; submitting is
 * not, since a batch that is made twice is paid twice. Its failures are MatrixErrors.
 * @param signal ends looks and fetching
 * @throws MatrixError where the model's provider is not OpenAI or its protocol, or a key is missing
 */
export async function openBatches(
  model: string,
  random: Random,
  signal: AbortSignal,
): Promise<BatchProvider> {
  if (!model.startsWith('openai:')) {
    throw new MatrixError(`${model} cannot be asked in batches: only openai: models can`, {
      mend: 'Leave --batch out, or that judge.',
    });
  }
  const { openOpenaiBatches } = await import('./providers/openai-batch.js');
  const provider = openOpenaiBatches(parseModelSpec(model));
  const limiter = createLimiter(1);
  const patiently = async <T>(attempt: () => Promise<T>): Promise<T> => {
    const policy = { timeout: TIMEOUT, random, limiter };
    return (await withRetries(attempt, policy, signal)).value;
  };
  const mendable = <T>(work: Promise<T>) =>
    work.catch((error: unknown) => {
      throw mended(error, provider.server);
    });
  return {
    server: provider.server,
    line: (customId, request) => provider.line(customId, request),
    submit: (lines) => mendable(provider.submit(lines)),
    look: (id) => mendable(patiently(() => provider.look(id))),
    answers: (look) => mendable(patiently(() => provider.answers(look))),
  };
}

function mended(error: unknown, server: string): unknown {
  if (!(error instanceof ModelError)) return error;
  return new MatrixError(error.message, {
    mend: `Check key, credit, and that ${server} takes batches; then give the same command again.`,
    exitCode: EXIT.incomplete,
    cause: error,
  });
}
