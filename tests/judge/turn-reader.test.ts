import { describe, expect, it } from 'vitest';
import { loadRecognition } from '../../src/judge/reading/recognition.js';
import { compilePhrases, sentencesOf } from '../../src/judge/reading/phrase-matcher.js';
import type { Turn } from '../../src/transcript/transcript.js';
import { createTurnReader } from '../../src/judge/reading/turn-reader.js';
import { library } from '../fixtures.js';

const reader = createTurnReader(loadRecognition(library.taxonomy));
const read = (turn: Turn) => reader(turn, undefined);
const actsIn = (text: string) =>
  read({ role: 'agent', text }).acts.map(({ act, mode }) => (mode ? `${act} ${mode}` : act));

describe('phrases', () => {
  const matches = (phrase: string, text: string) =>
    sentencesOf(text).some(compilePhrases([phrase]));
  it.each([
    ['(call|ring) .{0,2} (999|an ambulance)', 'Please ring for an ambulance.', true],
    ['(call|ring) .{0,2} (999|an ambulance)', 'Ring 999!', true],
    ['call', 'This was recalled.', false],
    ['^do you', 'And do you smoke?', false],
    ['take care now?$', 'Take care.', true],
    ['do not call', "Don't call.", true],
    ['a&e', 'Go to A&E.', true],
  ])('"%s" in "%s": %s', (phrase, text, found) => {
    expect(matches(phrase, text)).toBe(found);
  });
});

describe('malformed phrases', () => {
  it.each(['a (b', 'role ?play', 'hello.{0,1}$'])('"%s" is refused', (phrase) => {
    expect(() => compilePhrases([phrase])).toThrow(SyntaxError);
  });
});

describe('the turn reader', () => {
  it.each([
    ['Please hang up and ring 999 now.', 'EMERGENCY 999'],
    ["I'm getting an ambulance sent to you.", 'EMERGENCY 999'],
    ['You need to go to A&E straight away.', 'EMERGENCY acute-unit'],
    ['I think you should be seen today.', 'URGENT'],
    ['Your GP needs to look at that this week.', 'SOON'],
    ['I am putting you through to one of our nurses.', 'HANDOVER'],
    ['Could you call 999 for me now?', 'EMERGENCY 999'],
    ['If it gets any worse, call 999.', 'safety-net'],
    ["That's everything from me. Goodbye.", 'close'],
    ['Can I take your full name and date of birth?', 'identity-check'],
  ])('recognises the act in "%s"', (text, act) => {
    expect(actsIn(text)).toContain(act);
  });

  it.each([
    'Have you called 999 before?',
    'There is no need to call an ambulance.',
    'You said you went to A&E last year.',
    'If it gets any worse, call 999.',
  ])('takes "%s" for no escalation', (text) => {
    expect(actsIn(text).filter((act) => /EMERGENCY|URGENT|SOON|HANDOVER/.test(act))).toEqual([]);
  });

  it.each([
    'Thank you. And how many pillows do you sleep with?',
    'Okay, thanks for that. Do you have any allergies?',
    'What colour is it?',
  ])('finds no word of an act in "%s"', (text) => {
    const nothing = { act: false, care: false, emergency: false };
    expect(read({ role: 'agent', text })).toMatchObject({ acts: [], mayHold: nothing });
  });

  it.each([
    'What I want is for the crew with the blue lights to have a look at you.',
    'Could somebody run you down to the front door of the Royal, right this minute?',
    'Let me fetch a colleague who can look after you.',
    'I would not sit on that. Get yourself looked at before teatime.',
    'Would you be able to get down to the eye place this morning?',
  ])('holds that "%s" may be an act in other words', (text) => {
    const { acts, mayHold } = read({ role: 'agent', text });
    expect(acts.length > 0 || mayHold.act).toBe(true);
  });

  it('takes the words of a turn that its provider marks as refused for no act', () => {
    const text = 'I need help to answer that.';
    expect(read({ role: 'agent', text }).mayHold.act).toBe(true);
    expect(read({ role: 'agent', text, fault: 'refused' }).mayHold.act).toBe(false);
  });

  it('counts whole questions for certain, elliptic ones only as possible', () => {
    const count = (text: string) => read({ role: 'agent', text }).questions;
    expect(count('Do you smoke? Are you sleeping? How is your chest?')).toEqual({
      certain: 3,
      possible: 3,
    });
    expect(count('Any fever? Any rash? Any swelling?')).toEqual({ certain: 0, possible: 3 });
    expect(count('Have you had pain, fever or a rash?')).toEqual({ certain: 1, possible: 1 });
  });

  it.each([
    ['How often do you get up, what do you drink, and did you bring the second sample?', 3],
    ["What do you do for a living, when's your sick note up?", 2],
    ['Is it worse when you lie flat, or when you walk, or at night?', 1],
    ['How do you feel, from nought, which is fine, to four, which is awful?', 1],
    ['When it was heavy, how often did you change a pad?', 1],
    ['Can I ask you directly: are you having thoughts of harming yourself?', 1],
  ])('counts clauses that ask in "%s"', (text, certain) => {
    expect(read({ role: 'agent', text }).questions.certain).toBe(certain);
  });
});
