import type { Agent } from './agent.js';
import { functionAgent } from './module-agent.js';
import { ModuleProcess } from './module-process.js';

export interface ModuleFileOptions {
  /** Seconds for one answer, and for loading. */
  readonly turnTimeout: number;
  /** Is shown what the module writes. */
  readonly onOutput?: ((text: string) => void) | undefined;
}

/**
 * `module:FILE.mjs` as the agent. It runs in a process of its own, which is begun anew where the module
 * ends it: whatever the module does there, the run goes on.
 * @throws MatrixError where the file or its default export is missing, or does not load in time
 */
export async function moduleFileAgent(
  file: string,
  { turnTimeout, onOutput }: ModuleFileOptions,
): Promise<Agent> {
  const start = async () => {
    const process = new ModuleProcess(file, onOutput);
    return { process, history: await process.load(turnTimeout) };
  };
  let running = start();
  const { history } = await running;
  const current = async () => {
    const seen = running;
    if ((await seen).process.hasEnded && running === seen) running = start();
    return (await running).process;
  };
  return functionAgent(async (turns, call) => (await current()).ask(turns, call), {
    history,
    turnTimeout,
  });
}
