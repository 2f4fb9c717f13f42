import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { MatrixError, reasonOf } from '../../errors.js';
import type { Agent } from './agent.js';
import type { AgentFunction } from './module-agent.js';
import { isRunnable, runnableFunction } from './runnable-function.js';

/** What a module's file gives. */
export interface LoadedModule {
  readonly answer: AgentFunction;
  readonly history: Exclude<Agent['history'], 'seeded'>;
}

/**
 * Loads `FILE.mjs`: a function, or a LangChain or LangGraph runnable, as its default export.
 * @throws MatrixError where the file or its default export is missing
 */
export async function loadModule(file: string): Promise<LoadedModule> {
  const loaded = await importModule(file);
  const history = historyOf(loaded, file);
  const exported = loaded.default;
  if (typeof exported === 'function') return { answer: exported as AgentFunction, history };
  if (isRunnable(exported)) return { answer: runnableFunction(exported, history), history };
  throw new MatrixError(`module:${file} has no function or runnable as its default export`, {
    mend: 'Write: export default (turns) => "what the agent says next".',
  });
}

async function importModule(file: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await import(pathToFileURL(path.resolve(file)).href)) as Record<string, unknown>;
  } catch (cause) {
    throw cannotLoad(file, reasonOf(cause), cause);
  }
}

export function cannotLoad(file: string, reason: string, cause?: unknown): MatrixError {
  return new MatrixError(`module:${file} cannot be loaded: ${reason}`, {
    mend: 'Check the path and that the file runs on its own with node.',
    cause,
  });
}

function historyOf({ history = 'stateless' }: Record<string, unknown>, file: string) {
  if (history === 'stateless' || history === 'session') return history;
  throw new MatrixError(`module:${file} exports a history that is neither stateless nor session`, {
    mend: "Write: export const history = 'session', or leave it out.",
  });
}
