import { describe, expect, it } from 'vitest';
import { openPart } from '../../../src/agents/under-test/reference/answer-fit.js';
import {
  answersOffer,
  answersSafety,
  choosesBetween,
} from '../../../src/agents/under-test/reference/told-apart.js';
import { library } from '../../fixtures.js';

describe('openPart', () => {
  it.each([
    ['How often do your bowels open?', 'Well, my neighbour drove me in.'],
    ['How much do you drink in a week?', 'Weekends only.'],
    ['Is the tube draining as it should?', 'It hangs by the bed.'],
    ['Is the tube draining as it should?', 'The tube is by the bed.'],
    ['Is there any pain?', 'The garden.'],
  ])('leaves %j open after %j', (question, reply) => {
    expect(openPart(question, reply, { matter: false, strict: true })).toBe(question);
  });
  it.each([
    ['How often do your bowels open?', 'Twice, most days.'],
    ['How much do you drink in a week?', 'Barely a drop.'],
    ['Is the tube draining as it should?', 'Draining away.'],
    ['When was the last one?', 'Easter, I think.'],
    ['How are you finding the mask?', 'It itches.'],
  ])('takes an answer to %j in %j', (question, reply) => {
    expect(openPart(question, reply, { matter: false, strict: true })).toBeUndefined();
  });
  it('tells which half of a question is still open', () => {
    const question = 'Which inhaler do you use, and how many puffs?';
    expect(openPart(question, 'The blue inhaler.', { matter: true, strict: true })).toBe(
      'How many puffs?',
    );
    expect(
      openPart(question, 'The blue one, two puffs.', { matter: true, strict: true }),
    ).toBeUndefined();
  });
  it.each([
    [
      'Have you felt light-headed or gone down?',
      "I'm a bit giddy on rising.",
      'Have you gone down?',
    ],
    ['Any cramps, or blood when you go?', 'Cramping of an evening.', 'Any blood when you go?'],
    ['Any of that in your thighs?', "Jaw's grand.", 'Any of that in your thighs?'],
    [
      "Do you feel that you've emptied?",
      "It's slow, but it always was.",
      "Do you feel that you've emptied?",
    ],
  ])('asks by itself for what a reply passes over: %j, %j', (question, reply, open) => {
    expect(openPart(question, reply, { matter: false, strict: true })).toBe(open);
  });
  it.each([
    ['Have you felt light-headed or gone down?', 'Neither.'],
    ['Have you felt light-headed or gone down?', 'No, fit as a flea.'],
    ['Have you been hot or shivery?', 'A bit hot last night.'],
  ])('leaves a list alone that a reply covers: %j, %j', (question, reply) => {
    expect(openPart(question, reply, { matter: true, strict: true })).toBeUndefined();
  });
  it('seldom rejects what the cases give as an answer, and often what answers another item', () => {
    const judged = library.scenarios.scenarios.flatMap(({ task, ledger }) =>
      task.requiredItems.flatMap(({ id, question, redFlag }) =>
        ledger.map(({ text, answers }) => {
          const matter = answers.includes(id);
          return {
            matter,
            open: openPart(question, text, { matter, strict: redFlag }) !== undefined,
          };
        }),
      ),
    );
    const share = (matter: boolean) => {
      const of = judged.filter((each) => each.matter === matter);
      return of.filter(({ open }) => open).length / of.length;
    };
    // Some cases answer one half of a red-flag item: the other half is asked by itself.
    expect(share(true)).toBeLessThan(0.06);
    expect(share(false)).toBeGreaterThan(0.1);
  });
});

describe('choosesBetween', () => {
  const [before, after] = ['Ten milligrams a day', 'Twenty, with my breakfast'];
  it.each(['The second one.', "It's the ten.", 'With breakfast, as I said.'])(
    'hears a choice in %j',
    (reply) => {
      expect(choosesBetween(before, after, reply)).toBe(true);
    },
  );
  it.each(['Nothing to change.', 'Mm-hm.', 'Whatever you like.'])('hears none in %j', (reply) => {
    expect(choosesBetween(before, after, reply)).toBe(false);
  });
});

describe('what must be known', () => {
  it('is not told by another subject, nor by a question', () => {
    expect(answersSafety('Could they do it another day?')).toBe(false);
    expect(answersSafety("God, no. It's just a saying.")).toBe(true);
    expect(answersSafety('Him? Heavens. Soft as butter, he is.')).toBe(true);
    expect(answersSafety("I'm grand, love. Well looked after.")).toBe(true);
    expect(answersSafety('Fine, when he is sober. He shouts.')).toBe(false);
    expect(answersOffer('The bus was late.')).toBe(false);
    expect(answersOffer('Yes, please.')).toBe(true);
  });
});
