import { expect, it } from 'vitest';
import { randomFrom } from '../../src/determinism.js';
import { describeWithPostgres } from '../postgres.js';
import { befall, FAULTS, undisturbed, type Fault, type Undisturbed } from './worker-faults.js';

/** Runs for each kind, and for all kinds mixed. */
const RUNS = Number(process.env.SOAK_WORKER_RUNS ?? 2);
const FAULTS_A_RUN = 3;

const KINDS = [
  ...FAULTS.map((fault) => ({ name: fault, of: [fault] })),
  { name: 'mixed', of: FAULTS },
];

function scheduleOf(of: readonly Fault[], name: string, seed: number): Fault[] {
  const random = randomFrom(seed, 'schedule', name);
  return Array.from({ length: FAULTS_A_RUN }, () => random.pick(of));
}

describeWithPostgres('workers that much befalls', (cluster) => {
  let known: Undisturbed | undefined;

  it.for(KINDS)(
    'hold and judge each dialogue once, and pay again for what was in flight alone: $name',
    async ({ name, of }, { task }) => {
      const whole = (known ??= await undisturbed(cluster, 1));
      const outcomes = [];
      const seeds = Array.from({ length: name === 'mixed' ? RUNS + 2 : RUNS }, (_, seed) => seed);
      for (const seed of seeds) {
        outcomes.push(await befall(scheduleOf(of, name, seed), seed, { cluster, whole }));
      }
      task.meta.faults = { name, outcomes };
      for (const { extra, allowed, ...rest } of outcomes) {
        expect(rest).toEqual({ faults: FAULTS_A_RUN, lost: 0, doubled: 0, isEqual: true });
        expect(extra).toBeLessThanOrEqual(allowed);
      }
    },
  );
});
