import { describe, expect, it } from 'vitest';
import { startServer } from '../tools/model-server/start-server.js';
import { killByModels, killOffline, waitFor } from './killed-runs.js';
import { ended, fixture, newFolder, runMatrixSim, startMatrixSim } from './matrix-sim.js';

// tests/soak kills a hundred times.
describe('a run that is killed three times', () => {
  it('holds whole dialogues only, and ends as an undisturbed run does', async () => {
    await killOffline({ kills: 3 });
  }, 240_000);

  it('asks models again only for what was in flight, and ends as an undisturbed run', async () => {
    await killByModels({ kills: 3 });
  }, 240_000);
});

describe('a run with a session agent that is killed', () => {
  it('begins its open dialogues anew, and counts them', async () => {
    const server = await startServer();
    const folder = newFolder();
    const env = { BOT_URL: server.url, BOT_KEY: 'any-bot-key' };
    const spec = `http:${fixture('bot-session.yaml')}`;
    const child = startMatrixSim(
      folder,
      env,
      ...['run', '--run-id', 'r', '--hazard', 'H01', '--agent', spec, '--concurrency', '4'],
    );
    const exit = ended(child);
    await waitFor(() => server.count() >= 12);
    child.kill('SIGKILL');
    await exit;
    const { status, json } = await runMatrixSim(folder, env, ...['run', '--resume', 'r', '--json']);
    expect(status).toBe(0);
    const { restarted } = json() as { restarted: number };
    expect(restarted).toBeGreaterThan(0);
    expect(restarted).toBeLessThanOrEqual(4);
  });
});
