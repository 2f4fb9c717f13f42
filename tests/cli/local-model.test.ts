import { describe, expect, it } from 'vitest';
import { newFolder, spawnMatrixSim } from './matrix-sim.js';

/** As `openai:qwen3:8b@http://127.0.0.1:11434/v1`: a llama.cpp or Ollama server that answers there. */
const spec = process.env.MATRIX_SIM_LOCAL_MODEL;

describe.skipIf(spec === undefined)('a local model', () => {
  it('holds one real dialogue as the agent', async () => {
    const flags = ['--scenario', 'H01-D01', '--max-turns', '12', '--turn-timeout', '300', '--json'];
    const { status, stderr, json } = await spawnMatrixSim(
      newFolder(),
      {},
      ...['run', '--agent', `local=${spec ?? ''}`, ...flags],
    );
    expect(stderr).not.toContain('error:');
    expect(status).toBe(0);
    expect(json()).toMatchObject({ completed: 1 });
  }, 900_000);
});
