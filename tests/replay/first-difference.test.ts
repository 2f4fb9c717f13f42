import { describe, expect, it } from 'vitest';
import { differingWords, firstDifference } from '../../src/replay/first-difference.js';

describe('firstDifference', () => {
  it('names the first place at which two values part', () => {
    const was = { model: 'm', messages: [{ text: 'one' }, { text: 'say two words' }], seed: 1 };
    const now = { model: 'm', messages: [{ text: 'one' }, { text: 'say three words' }], seed: 2 };
    expect(firstDifference(was, now)).toEqual({
      where: 'messages[1].text',
      was: 'say two words',
      now: 'say three words',
    });
  });

  it('tells what is new or gone, and takes a key without a value for none', () => {
    expect(firstDifference({ a: 1 }, { a: 1, b: undefined })).toBeUndefined();
    expect(firstDifference({ a: [1] }, { a: [1, 2] })).toEqual({
      where: 'a[1]',
      was: null,
      now: '2',
    });
    expect(firstDifference({ a: null }, { a: [] })).toMatchObject({ was: 'null', now: '[]' });
  });

  it('finds nothing between a value and its copy', () => {
    const value = { a: [{ b: 'x' }, null, true], c: { d: 1.5 } };
    expect(firstDifference(value, structuredClone(value))).toBeUndefined();
  });
});

describe('differingWords', () => {
  it('cuts long texts to what differs, with words around it', () => {
    const words = Array.from({ length: 50 }, (_, index) => `w${index}`);
    const was = words.join(' ');
    const now = was.replace('w25', 'new words');
    expect(differingWords(was, now)).toEqual({
      was: '… w19 w20 w21 w22 w23 w24 w25 w26 w27 w28 w29 w30 w31 …',
      now: '… w19 w20 w21 w22 w23 w24 new words w26 w27 w28 w29 w30 w31 …',
    });
  });

  it('shows where white space alone differs', () => {
    const { was, now } = differingWords('a b', 'a  b');
    expect(was).not.toBe(now);
  });
});
