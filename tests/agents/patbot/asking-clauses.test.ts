import { describe, expect, it } from 'vitest';
import {
  askingClauses,
  invitesAgreement,
  partsOf,
} from '../../../src/agents/patbot/ear/asking-clauses.js';

describe('askingClauses', () => {
  it.each([
    [
      'Thanks, I have the inhaler down. How do you sleep? We will ring on Monday.',
      ['How do you sleep?'],
    ],
    [
      'I know it is a worry, but how many pillows do you use?',
      ['but how many pillows do you use?'],
    ],
    ['When you cough, what colour is it?', ['When you cough, what colour is it?']],
    ['And your sleep.', ['And your sleep.']],
    ["I'd like to hear about your nights.", ["I'd like to hear about your nights."]],
    ['are you still smoking', ['are you still smoking']],
    ['Your visit is on Friday.', []],
    ['What happens next is that a nurse rings you.', []],
    ['Please ring 999 now. I am staying on the line.', []],
    ['You told me "can I have a bath?", and I noted that.', []],
    ['Do you smoke? And do you drink?', ['Do you smoke?', 'And do you drink?']],
  ])('finds what asks in "%s"', (text, expected) => {
    expect(askingClauses(text).map((clause) => clause.text)).toEqual(expected);
  });

  it.each([
    ['Do you smoke?', 'yes-no'],
    ['Any pain?', 'yes-no'],
    ['So no blood in it, then?', 'yes-no'],
    ['Is it clear or green?', 'either-or'],
    ['How are you sleeping?', 'open'],
    ['Could you tell me about your sleep?', 'tell-me'],
  ] as const)('hears the form of "%s"', (text, form) => {
    expect(askingClauses(text).map((clause) => clause.form)).toEqual([form]);
  });
});

describe('partsOf', () => {
  it.each([
    ['How often do you go, and is there blood?', ['How often do you go', 'is there blood?']],
    ['Is it safe to talk and are you alone?', ['Is it safe to talk', 'are you alone?']],
    ['Do you have pain and swelling?', ['Do you have pain and swelling?']],
    ['Do you cough, or are you clear?', ['Do you cough, or are you clear?']],
    ['Where does it hurt, and when?', ['Where does it hurt, and when?']],
  ])('takes "%s" apart where each part asks by itself', (clause, parts) => {
    expect(partsOf(clause)).toEqual(parts);
  });
});

describe('invitesAgreement', () => {
  it.each([
    ['Will you ring them now?', true],
    ['Are you happy for a nurse to call?', true],
    ['Are you still nursing him?', false],
    ['Could you tell me your name?', false],
  ])('of "%s": %s', (clause, expected) => {
    expect(invitesAgreement(clause)).toBe(expected);
  });
});
