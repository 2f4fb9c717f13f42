import { describe, it } from 'vitest';
import { killByModels, killOffline } from '../cli/killed-runs.js';

describe('a run that is killed twenty times', () => {
  it('holds whole dialogues only, and ends as an undisturbed run does', async () => {
    await killOffline(20);
  });

  it('asks models again only for what was in flight, and ends as an undisturbed run', async () => {
    await killByModels(20);
  });
});
