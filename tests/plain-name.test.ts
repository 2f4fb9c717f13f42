import { describe, expect, it } from 'vitest';
import { PLAIN_NAME } from '../src/plain-name.js';
import { judgingSchema, runRecordSchema } from '../src/store/run-record.js';

describe('a plain name', () => {
  it.each(['r-2026-11-24-1', 'gpt-5.1', '...', 'a..b', '_'])('may be %s', (name) => {
    expect(name).toMatch(PLAIN_NAME);
  });

  it.each(['', '.', '..', '../r', 'r/..', '..\\r', 'r/1', 'r\n', 'r 1', '\u2024\u2024'])(
    'is not %j, and no run or judging of a store can have it',
    (id) => {
      expect(id).not.toMatch(PLAIN_NAME);
      expect(runRecordSchema.shape.id.safeParse(id).success).toBe(false);
      expect(judgingSchema.shape.id.safeParse(id).success).toBe(false);
    },
  );
});
