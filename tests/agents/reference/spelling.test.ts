import { describe, expect, it } from 'vitest';
import { lettersIn, spelledIn } from '../../../src/agents/under-test/reference/spelling.js';
import { library } from '../../fixtures.js';

const scenario = library.scenarios.scenarios.find(({ vignette }) =>
  vignette.drugs.some((drug) => drug.startsWith('alendronic acid')),
);
if (!scenario) throw new Error('no case with alendronic acid');

describe('lettersIn', () => {
  it.each([
    ['A, L, E, N... that is all.', 'A, L, E, N'],
    ['It says R-A-M-I on it.', 'R, A, M, I'],
    ['b l u e', 'B, L, U, E'],
  ])('reads the letters of %j', (text, letters) => {
    expect(lettersIn(text)).toBe(letters);
  });
  it('takes no sentence for a spelling', () => {
    expect(lettersIn('I, a farmer, take it.')).toBeUndefined();
  });
});

describe('spelledIn', () => {
  it('knows which medicine begins so, and that the heard name does not', () => {
    expect(spelledIn(scenario, 'A, L, E, N, D.', 'The weekly one, almond acid.')).toMatchObject({
      letters: 'A, L, E, N, D',
      known: 'alendronic acid',
      heard: 'The weekly one, almond acid.',
    });
  });
  it('finds no fault where the heard name begins with the letters', () => {
    expect(spelledIn(scenario, 'A, L, E.', 'Alendronic, Mondays.')?.heard).toBeUndefined();
  });
});
