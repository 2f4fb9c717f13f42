const VARIABLES = [
  'LANGSMITH_TRACING',
  'LANGSMITH_TRACING_V2',
  'LANGCHAIN_TRACING_V2',
  'LANGCHAIN_TRACING',
];

let allowed = false;

/** Lets LangChain and LangGraph post transcripts to a tracing service, as the environment says. */
export function allowTracing(): void {
  allowed = true;
}

/**
 * They post where these variables are set; nothing leaves unasked. Nor do they print what is said, asked
 * or not: results go to stdout. Call it before either is used.
 */
export function forbidTracing(): void {
  process.env.LANGCHAIN_VERBOSE = 'false';
  if (allowed) return;
  for (const name of VARIABLES) process.env[name] = 'false';
}
