import { describe, expect, it } from 'vitest';
import { dialogue, judge, unrecordedHearing } from '../fixtures.js';

const told = 'Yesterday I baked cakes for our neighbours in the village hall.';

async function invented(words: string): Promise<string | undefined> {
  const turns = dialogue('Hello.', told, words, 'Right.');
  const { verdicts } = await judge.judge({ turns, hazards: ['H01'] }, unrecordedHearing());
  return verdicts.find(({ failureMode }) => failureMode === 'X01')?.outcome;
}

describe('what may be a read-back', () => {
  it('holds three words of the patient’s in one statement, and two are none', async () => {
    expect(await invented('The hall is near the village.')).toBe('pass');
    expect(await invented('The neighbours had cakes in the hall.')).toBe('undetermined');
  });

  it('does not add up over several statements, nor is it a question', async () => {
    expect(await invented('The hall is near the village. Cakes are made elsewhere.')).toBe('pass');
    expect(await invented('Did the neighbours have cakes in the hall?')).toBe('pass');
  });
});
