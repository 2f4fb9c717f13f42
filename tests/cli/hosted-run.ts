import type { ModelServer } from '../../tools/model-server/model-server.js';
import { newFolder, runMatrixSim } from './matrix-sim.js';

export const KEY = 'sk-planted-0123456789';
export const envOf = ({ url }: ModelServer) => ({
  OPENAI_API_KEY: KEY,
  OPENAI_BASE_URL: `${url}/v1`,
  GOOGLE_API_KEY: KEY,
  GOOGLE_BASE_URL: url,
  BOT_URL: url,
  BOT_KEY: KEY,
});

export interface Summary {
  completed: number;
  run: { planned: number; contents: { name: string; version?: string }[] };
  usage: { role: string; model: string | null; calls: number; inputTokens: number }[];
  agents: { standings: Record<string, number>; errors: Record<string, number> }[];
  restarted: number;
}

/** The prompt files by which a run's models spoke. */
export function promptsOf(summary: Summary | undefined) {
  return summary?.run.contents.filter(({ name }) => name.endsWith('.md'));
}

/** A run of the built command line against a local server, in a folder of its own. */
export async function run(server: ModelServer, ...flags: string[]) {
  const folder = newFolder();
  const { status, stderr, json } = await runMatrixSim(
    folder,
    envOf(server),
    'run',
    '--run-id',
    'r',
    '--json',
    ...flags,
  );
  return { folder, status, stderr, summary: status === 2 ? undefined : (json() as Summary) };
}
