const VARIABLES = [
  'LANGSMITH_TRACING',
  'LANGSMITH_TRACING_V2',
  'LANGCHAIN_TRACING_V2',
  'LANGCHAIN_TRACING',
  // Prints what is said to stdout.
  'LANGCHAIN_VERBOSE',
];

let allowed = false;

/** Lets LangChain and LangGraph post transcripts to a tracing service, as the environment says. */
export function allowTracing(): void {
  allowed = true;
}

/** They post or print where these variables are set; nothing leaves unasked. Call it before either is used. */
export function forbidTracing(): void {
  if (allowed) return;
  for (const name of VARIABLES) process.env[name] = 'false';
}
