import { describe, expect, it } from 'vitest';
import { inTime } from '../../src/models/in-time.js';
import { never } from '../fixtures.js';

const forever = () => new Promise<never>(() => undefined);

describe('inTime', () => {
  it('gives what the work comes to', async () => {
    expect(await inTime(1000, never, () => 'done')).toBe('done');
  });

  it('ends with its time, in milliseconds, and tells the work', async () => {
    let told: AbortSignal | undefined;
    const work = inTime(20, never, (signal) => {
      told = signal;
      return forever();
    });
    await expect(work).rejects.toThrow('no answer within 0.02 s');
    expect(told?.aborted).toBe(true);
  });

  it('ends with its caller at once, though the work heeds nothing', async () => {
    const outer = new AbortController();
    const work = inTime(60_000, outer.signal, forever);
    const reason = new Error('enough');
    outer.abort(reason);
    await expect(work).rejects.toBe(reason);
  });

  it('begins nothing for a caller who has gone', async () => {
    let begun = false;
    const work = inTime(1000, AbortSignal.abort(new Error('gone')), () => (begun = true));
    await expect(work).rejects.toThrow('gone');
    expect(begun).toBe(false);
  });
});
