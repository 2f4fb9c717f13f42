import { describe, expect, it } from 'vitest';
import { inPlainWords } from '../../../src/agents/under-test/reference/plain-language.js';
import { loadReferenceData } from '../../../src/agents/under-test/reference/reference-data.js';

const { glosses } = loadReferenceData();

describe('inPlainWords', () => {
  it.each([
    ['Any dyspnoea or oedema?', 'Any being short of breath or swelling?'],
    ['Syncope, at any time?', 'Blacking out, at any time?'],
    ['Is it still reducible?', 'Is it still going back in when you press on it or lie down?'],
  ])('says %j as %j', (clinical, plain) => {
    expect(inPlainWords(clinical, glosses)).toBe(plain);
  });
  it('leaves plain words alone', () => {
    expect(inPlainWords('How are you today?', glosses)).toBe('How are you today?');
  });
  it('explains no clinical word by another', () => {
    for (const [term, gloss] of Object.entries(glosses)) {
      expect(inPlainWords(gloss, glosses).toLowerCase(), term).toBe(gloss.toLowerCase());
    }
  });
});
