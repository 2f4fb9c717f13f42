import { describe, expect, it } from 'vitest';
import { killByModels, killOffline } from '../cli/killed-runs.js';

/** All in all. */
const KILLS = Number(process.env.SOAK_KILLS ?? 100);

const SCHEDULES = [
  { name: 'kills of an offline run', kills: KILLS * 0.4, carryOut: killOffline },
  { name: 'kills of a run by models', kills: KILLS * 0.4, carryOut: killByModels },
  {
    name: 'kills of two runs in one store',
    kills: KILLS * 0.2,
    carryOut: (kills: Parameters<typeof killOffline>[0]) => killOffline(kills, ['a', 'b']),
  },
] as const;

describe('a run that is killed again and again', () => {
  it.for(SCHEDULES)(
    'holds whole dialogues only, pays no answer twice and ends as an undisturbed one: $name',
    async ({ name, kills, carryOut }, { task }) => {
      let trials = 0;
      const onKill = () => (trials += 1);
      const failures = await carryOut({ kills, onKill }).then(
        () => [],
        (error: unknown) => [String(error)],
      );
      task.meta.trials = { name, trials, refused: 0, failures };
      expect(failures).toEqual([]);
    },
  );
});
