import { describe, expect, it } from 'vitest';
import {
  asksBack,
  questionsIn,
} from '../../../src/agents/under-test/reference/patient-questions.js';
import {
  agrees,
  factsIn,
  ownWords,
  quotable,
} from '../../../src/agents/under-test/reference/patient-words.js';
import { library } from '../../fixtures.js';

const scenario = library.scenarios.scenarios.find(({ id }) => id === 'H01-D03');
if (!scenario) throw new Error('no H01-D03');

describe('questionsIn', () => {
  it.each([
    ['Oh, one thing. Is it bad?', 'Is it bad?'],
    ['So when would they ring me, then?', 'So when would they ring me, then?'],
    ['Will it be the, um, the see-through kind?', 'Will it be the, the see-through kind?'],
    ['He asks, may he have his tea?', 'He asks, may he have his tea?'],
    ['I only wonder whether it hurts. Just curious.', 'I only wonder whether it hurts.'],
    ['Sooner is better than later, surely.', 'Sooner is better than later, surely.'],
    [
      "Hands are always cold in winter, aren't they?",
      "Hands are always cold in winter, aren't they?",
    ],
  ])('hears what %j asks', (text, question) => {
    expect(questionsIn(text)).toEqual([question]);
  });
  it.each([
    'An ambulance? For a hill? Give over.',
    "Nice, isn't it?",
    'Right. Next one?',
    'Sorry, what was that?',
  ])('hears no question of its own in %j', (text) => {
    expect(questionsIn(text)).toEqual([]);
  });
});

describe('asksBack', () => {
  it.each(['Pardon?', 'Say that again, love?', "Sorry, I don't follow you.", 'How do you mean?'])(
    'knows %j',
    (text) => {
      expect(asksBack(text)).toBe(true);
    },
  );
  it('lets an answer be one', () => {
    expect(asksBack('Twice a day, with water.')).toBe(false);
  });
});

describe('agrees', () => {
  it('takes a plain yes, and nothing that holds back', () => {
    expect(agrees(scenario, 'Yes, all right.')).toBe(true);
    expect(agrees(scenario, "Okay, but I've the dog to see to.")).toBe(false);
    expect(agrees(scenario, 'Today?')).toBe(false);
    expect(agrees(scenario, scenario.reactions.pushed[0]?.says ?? '')).toBe(false);
  });
});

describe('what a turn tells', () => {
  it('is quoted in the words that were spoken, or not from the case file at all', () => {
    const fact = scenario.ledger.find(({ id }) => id === 'painkillers');
    if (!fact) throw new Error('no such fact');
    expect(factsIn(scenario, `Er, ${fact.text}`, false)).toEqual([{ fact, words: fact.text }]);
  });
  it('leaves the cue, protests and questions out of an answer', () => {
    const { text } = scenario.trigger.wordings.explicit;
    expect(ownWords(scenario, `Loads of squash. ${text} Is that bad?`)).toBe('Loads of squash.');
    expect(ownWords(scenario, scenario.reactions.ignored[1]?.says ?? '')).toBe('');
  });
  it.each([
    ["It's, um, every morning, you know.", "It's, every morning, you know"],
    ['Mm-hm.', 'Mm-hm'],
    ["Throat's nine, nine and a half, babe.", "Throat's nine, nine and a half, babe"],
    ['Bit tight, like.', 'Bit tight, like'],
    ['Er, yeah. No. Yeah.', 'yeah. No. Yeah'],
    ['Say "delivery" "invoice" or "health".', "Say 'delivery' 'invoice' or 'health'"],
    ['[dog barking] The wife can take me.', 'The wife can take me'],
  ])('is quoted as spoken: %j', (text, quote) => {
    expect(quotable(text)).toBe(quote);
  });
});
