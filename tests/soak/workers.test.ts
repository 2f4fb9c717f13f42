import { expect, it } from 'vitest';
import { describeWithPostgres } from '../postgres.js';
import { befall, undisturbed } from './worker-faults.js';

// tests/soak/workers.soak.ts tries many more.
describeWithPostgres('workers that something befalls', (cluster) => {
  it.for([
    { faults: ['kill', 'cut', 'crash'], seed: 1 },
    { faults: ['freeze', 'stop'], seed: 2 },
  ] as const)(
    'hold and judge each dialogue once, and pay again for what was in flight alone: $faults',
    async ({ faults, seed }) => {
      const whole = await undisturbed(cluster, 1);
      const outcome = await befall(faults, seed, { cluster, whole });
      console.log(outcome, whole.requests);
      expect(outcome).toMatchObject({ lost: 0, doubled: 0, isEqual: true });
      expect(outcome.extra).toBeLessThanOrEqual(outcome.allowed);
    },
  );
});
