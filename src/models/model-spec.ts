import { MatrixError } from '../errors.js';

export const PROVIDERS = ['openai', 'google', 'langchain'] as const;

/** A model as a user names it, taken apart. */
export interface ModelSpec {
  /** The whole, as it was given. */
  readonly name: string;
  readonly provider: (typeof PROVIDERS)[number];
  /** Of `langchain:PROVIDER:MODEL` what follows its provider. */
  readonly model: string;
  /** LangChain's name of the provider; empty for the others. */
  readonly integration: string;
  /** Where the server is, if the spec says so. */
  readonly url: string | undefined;
}

const FORMS = 'openai:MODEL, google:MODEL (both also with @URL) or langchain:PROVIDER:MODEL';

/** @throws MatrixError where the text names no model */
export function parseModelSpec(name: string): ModelSpec {
  const [, kind = '', rest = ''] = /^(\w+):(.*)$/s.exec(name) ?? [];
  const provider = PROVIDERS.find((known) => known === kind);
  if (!provider) {
    throw new MatrixError(`"${name}" is no model`, { mend: `Use ${FORMS}.` });
  }
  const spec = { name, provider, ...(provider === 'langchain' ? integrated(rest) : hosted(rest)) };
  if (spec.model === '' || (provider === 'langchain' && spec.integration === '')) {
    throw new MatrixError(`"${name}" does not say which model`, { mend: `Use ${FORMS}.` });
  }
  if (spec.url !== undefined) assertUrl(spec.url, name);
  return spec;
}

/** The model's own name, by which price lists know it: `gpt-5-mini` of `openai:gpt-5-mini@http://…`. */
export function bareModelName(name: string): string {
  return modelSpecOf(name)?.model ?? name;
}

/** As {@link parseModelSpec}, also of a guard (`llama-guard:MODEL@URL`); undefined where a name has neither form. */
export function modelSpecOf(name: string): ModelSpec | undefined {
  // A guard's server speaks as OpenAI's does.
  const spec = name.replace(/^llama-guard:/, 'openai:');
  const isModel = PROVIDERS.some((provider) => spec.startsWith(`${provider}:`));
  return isModel ? parseModelSpec(spec) : undefined;
}

function integrated(rest: string) {
  const [integration = '', ...model] = rest.split(':');
  return { integration, model: model.join(':'), url: undefined };
}

/** Names of models may hold an @ of their own: only what looks like an address after it is one. */
function hosted(rest: string) {
  const [, model = rest, url] = /^(.*?)@(https?:.*|[^@]*[:/][^@]*)$/.exec(rest) ?? [];
  return { integration: '', model, url };
}

/** @param of what the address belongs to, for the message */
export function assertUrl(url: string, of: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    throw new MatrixError(`${of}: "${url}" is no address of a server`, {
      mend: 'Write it whole: http://127.0.0.1:8000/v1.',
    });
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw new MatrixError(`the address of a server holds a password`, {
      mend: 'Leave it out, and give the key in the environment.',
    });
  }
}
