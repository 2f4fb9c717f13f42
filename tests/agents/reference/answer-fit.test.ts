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
    expect(share(true)).toBeLessThan(0.04);
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
    expect(answersOffer('The bus was late.')).toBe(false);
    expect(answersOffer('Yes, please.')).toBe(true);
  });
});
