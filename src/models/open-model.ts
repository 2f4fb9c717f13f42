import type { Random } from '../determinism.js';
import { createLimiter, type AdaptiveLimiter } from './adaptive-limiter.js';
import { shareLimiter, type SharedLimit } from './shared-limiter.js';
import type { Budget } from './budget.js';
import type { ChatModel } from './chat-model.js';
import { estimateUsage } from './estimate-usage.js';
import { familyOf } from './family.js';
import { fatalFailure } from './fatal-failure.js';
import { parseModelSpec, type ModelSpec } from './model-spec.js';
import type { Provider } from './providers/provider.js';
import { withRetries, type RetryEvent } from './retry.js';
import { supportedParameters } from './supported-parameters.js';

/** What all models of a run share. */
export interface ModelContext {
  /** Milliseconds that a call may take with all its tries; the time until its turn comes does not count. */
  readonly timeout: number;
  /** Calls of one server at once at most, at least 1. */
  readonly concurrency: number;
  readonly budget: Budget;
  readonly random: Random;
  /** What other processes find out with this one of a server's limit; each for itself unless given. */
  readonly sharedLimit?: ((server: string) => SharedLimit) | undefined;
  readonly onRetry?: (event: RetryEvent & { readonly model: string }) => void;
  /** Told how many milliseconds each attempt waited for its turn among the calls of its server. */
  readonly onAdmitted?: ((wait: number, model: string) => void) | undefined;
}

export interface Models {
  /**
   * Opens `openai:MODEL[@URL]`, `google:MODEL[@URL]` or `langchain:PROVIDER:MODEL`; the same spec gives
   * the same model.
   *
   * Its calls fail with a MatrixError where all further calls would (key, model, credit), with
   * BudgetSpent, with the signal's reason, or else with a ModelError.
   * @throws MatrixError where the spec is wrong, or a key, package or price is missing
   */
  open(spec: string): Promise<ChatModel>;
}

export function createModels(context: ModelContext): Models {
  const models = new Map<string, Promise<ChatModel>>();
  const limiters = new Map<string, AdaptiveLimiter>();
  const limiterOf = (server: string) => {
    const limiter = limiters.get(server) ?? newLimiter(server, context);
    limiters.set(server, limiter);
    return limiter;
  };
  const openAnew = async (spec: ModelSpec) => {
    context.budget.assertPriced(spec.name);
    const provider = await connect(spec);
    return hostedModel(spec, provider, limiterOf(provider.server), context);
  };
  return {
    open: async (name) => {
      const model = models.get(name) ?? openAnew(parseModelSpec(name));
      models.set(name, model);
      return model;
    },
  };
}

function newLimiter(server: string, { concurrency, sharedLimit }: ModelContext): AdaptiveLimiter {
  const limiter = createLimiter(concurrency);
  return sharedLimit ? shareLimiter(limiter, sharedLimit(server), concurrency) : limiter;
}

/** Loads only the library that is used: together they take most of a second. */
async function connect(spec: ModelSpec): Promise<Provider> {
  switch (spec.provider) {
    case 'openai':
      return (await import('./providers/openai.js')).openOpenai(spec);
    case 'google':
      return (await import('./providers/google.js')).openGoogle(spec);
    case 'langchain':
      return (await import('./providers/langchain.js')).openLangchain(spec);
  }
}

function hostedModel(
  spec: ModelSpec,
  provider: Provider,
  limiter: Pick<AdaptiveLimiter, 'run'>,
  context: ModelContext,
): ChatModel {
  const model = supportedParameters(retriedModel(spec, provider, limiter, context));
  return {
    ...model,
    complete: (request, signal) =>
      model.complete(request, signal).catch((error: unknown) => {
        throw fatalFailure(error, spec.name, provider);
      }),
  };
}

function retriedModel(
  { name, provider: kind, integration, model }: ModelSpec,
  provider: Provider,
  limiter: Pick<AdaptiveLimiter, 'run'>,
  { budget, onRetry, onAdmitted, timeout, random }: ModelContext,
): ChatModel {
  const target = `the model server for ${name}`;
  const report = onRetry && ((event: RetryEvent) => onRetry({ ...event, model: name }));
  const admitted = onAdmitted && ((wait: number) => onAdmitted(wait, name));
  const policy = { timeout, random, limiter, target, onRetry: report, onAdmitted: admitted };
  return {
    name,
    family: familyOf(integration || kind, model),
    ...(URL.canParse(provider.server) ? { server: provider.server } : {}),
    complete: async (request, signal) => {
      const attempt = async (trySignal: AbortSignal) => {
        budget.assertLeft();
        const answer = await provider.call(request, trySignal);
        budget.spend(name, answer.usage ?? estimateUsage(request, answer));
        return answer;
      };
      const { value, attempts } = await withRetries(attempt, policy, signal);
      return { ...value, attempts };
    },
  };
}
