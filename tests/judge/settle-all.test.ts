import { describe, expect, it } from 'vitest';
import { MatrixError } from '../../src/errors.js';
import { settleAll } from '../../src/judge/settle-all.js';
import { BudgetSpent } from '../../src/models/budget.js';

describe('settleAll', () => {
  it('gives what all came to, in their order', async () => {
    expect(await settleAll([Promise.resolve(1), Promise.resolve('a')])).toEqual([1, 'a']);
    expect(await settleAll([])).toEqual([]);
  });

  it('waits for what is under way before it fails', async () => {
    const ended: string[] = [];
    const slow = (async () => {
      for (let round = 0; round < 20; round++) await Promise.resolve();
      ended.push('slow');
    })();
    const failure = new Error('broken');
    await expect(settleAll([Promise.reject(failure), slow])).rejects.toBe(failure);
    expect(ended).toEqual(['slow']);
  });

  it.each([new MatrixError('stop', { mend: 'Mend it.' }), new BudgetSpent('spent')])(
    'fails with what stops a run where something does: $name',
    async (stop) => {
      const work = [Promise.reject(new Error('first')), Promise.reject(stop)];
      await expect(settleAll(work)).rejects.toBe(stop);
    },
  );
});
