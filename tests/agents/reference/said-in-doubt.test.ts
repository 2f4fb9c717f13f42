import { describe, expect, it } from 'vitest';
import { openPart } from '../../../src/agents/under-test/reference/answer-fit.js';

const asked = 'How do you get on with the tablets, and when do you take them?';
const loose = { matter: false, strict: false };

describe('a reply that begins with a word said back in doubt', () => {
  it.each([
    ['When do you use the cream?', 'Dream? I sleep like a log, most nights.'],
    ['Who helps you with the stairs?', 'Chairs? We have four, in the kitchen.'],
    ['How is the wound this morning?', 'The sound? It comes and goes.'],
    ['When did the swelling start?', 'Smelling? Since last week, I think.'],
  ])('leaves "%s" open where it was misheard: %s', (question, reply) => {
    expect(openPart(question, reply, loose)).toBe(question);
  });

  it.each([
    ['When do you use the cream?', 'The cream? At night.'],
    ['Who helps you with the stairs?', 'Really? My son does.'],
    ['How is the wound this morning?', 'Much the same, round the edges. Is that all right?'],
    [asked, 'Tablets? With my breakfast, no trouble.'],
  ])('takes an answer to "%s" from who has heard it: %s', (question, reply) => {
    expect(openPart(question, reply, loose)).toBeUndefined();
  });
});
