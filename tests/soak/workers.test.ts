import { expect, it } from 'vitest';
import { describeWithPostgres } from '../postgres.js';
import { befall, undisturbed } from './worker-faults.js';

// tests/soak/workers.soak.ts tries many more.
describeWithPostgres('workers that something befalls', (cluster) => {
  it('hold and judge each dialogue once, and pay again for what was in flight alone', async () => {
    const whole = await undisturbed(cluster, 1);
    const faults = ['kill', 'cut', 'freeze', 'crash', 'stop'] as const;
    const { extra, allowed, ...outcome } = await befall(faults, 1, { cluster, whole });
    expect(outcome).toEqual({ faults: faults.length, lost: 0, doubled: 0, isEqual: true });
    expect(extra).toBeLessThanOrEqual(allowed);
  }, 240_000);
});
