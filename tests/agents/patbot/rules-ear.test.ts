import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UNRECORDED } from '../../../src/calls/call-recorder.js';
import {
  contentWords,
  countWords,
  WORDS_FILE,
} from '../../../src/agents/patbot/ear/content-words.js';
import {
  cosine,
  packVectors,
  QuestionVectors,
  shippedVectors,
  vectorsOf,
} from '../../../src/agents/patbot/ear/question-vectors.js';
import { OFFLINE_EAR } from '../../../src/agents/patbot/ear/rules-ear.js';
import { embedSentences } from '../../../src/agents/patbot/ear/sentence-embedder.js';
import { shippedQuestions } from '../../../src/agents/patbot/ear/shipped-questions.js';
import { library, never, scenario } from '../../fixtures.js';

const ear = OFFLINE_EAR.open({ scenario: scenario('H01-D01'), calls: UNRECORDED, seed: 1 });
const hear = (text: string) => ear.hear({ role: 'agent', text }, { said: undefined }, never);

describe('the ear by rules', () => {
  it.each([
    ['Lovely, thank you. Have you got any cigarettes on the go these days?', 'smoking'],
    ['Your penicillin note is in. Do you lie flat in bed at night? It helps us plan.', 'pillows'],
    ["I'd like to hear what you bring up when you cough.", 'green-sputum'],
  ])('hears the fact that "%s" asks for', async (text, id) => {
    const heard = await hear(text);
    expect(heard.topics.map((topic) => topic.id)).toEqual([id]);
    expect(heard).toMatchObject({ acts: ['asks-topic'], understood: true });
  });

  it('hears both facts that one question asks for', async () => {
    const heard = await hear('Do you lie flat in bed at night, and do you smoke these days?');
    expect(heard.topics.map(({ id }) => id)).toEqual(['pillows', 'smoking']);
    expect(heard.form).toBe('several');
  });

  it.each([
    ['Could I have your full name and date of birth?', 'asks-identity'],
    ['Is anybody with you?', 'asks-company'],
    ['Can you talk without being overheard?', 'asks-safety'],
    ['What do you mean by "the usual"?', 'asks-about-that'],
    ['Please ask her to ring us back.', 'asks-to-pass-on'],
    ['And how have you been since we last spoke?', 'asks-openly'],
    ['Please ring 999 now.', 'escalates'],
    ['I am putting you through to a nurse.', 'hands-over'],
    ['Thank you, goodbye.', 'says-goodbye'],
    ['Your legs are fine and you sleep well. Is that right so far?', 'asks-if-right'],
    ['So two puffs, morning and night. Have I got anything wrong there?', 'asks-if-wrong'],
    ["I'm afraid I cannot read that out to you.", 'settles'],
    ['Shall we find you an interpreter?', 'asks-commitment'],
    ['Can you be at the clinic by nine on Tuesday?', 'asks-commitment'],
  ])('takes "%s" as it is meant', async (text, act) => {
    expect((await hear(text)).acts).toContain(act);
  });

  it('takes "is that all right" after a read-back as a question about that', async () => {
    const heard = await hear('You told me you sleep in the chair. Are you happy with that?');
    expect(heard).toMatchObject({ topics: [], understood: true });
    expect(heard.acts).toContain('reads-back');
  });

  it('takes what is only for a case that may come as no escalation', async () => {
    expect((await hear('If it gets any worse, ring 999.')).acts).toEqual([]);
  });

  it('does not understand what another case would answer better', async () => {
    expect(await hear('Has the theatre date for your hernia been moved?')).toMatchObject({
      understood: false,
      topics: [],
    });
  });

  it('knows a question that takes two sentences', async () => {
    const drops = scenario('H08-D02');
    const item = drops.task.requiredItems.find(({ question }) => question.includes('. '));
    const own = OFFLINE_EAR.open({ scenario: drops, calls: UNRECORDED, seed: 1 });
    const text = `Thank you. ${item?.question ?? ''}`;
    const { topics } = await own.hear({ role: 'agent', text }, { said: undefined }, never);
    const fact = drops.ledger.find(({ answers }) => answers.includes(item?.id ?? ''));
    expect(topics.map(({ id }) => id)).toEqual([fact?.id]);
  });

  it('hears several things in the order asked', async () => {
    const heard = await hear(
      'Do you smoke at all these days? And how are you sleeping, and how many pillows do you use?',
    );
    expect(heard.topics.map(({ id }) => id)).toEqual(['smoking', 'pillows']);
    expect(heard.form).toBe('several');
  });
});

describe('the shipped vectors', () => {
  const questions = shippedQuestions(library.scenarios.scenarios);

  it('belong to the questions of the scenarios, all of them and no others (npm run vectors)', () => {
    const vectors = shippedVectors();
    expect(questions.filter(({ text }) => vectors.numberOf(text) === undefined)).toEqual([]);
    expect(vectors.count).toBe(questions.length);
    const counts: unknown = JSON.parse(readFileSync(WORDS_FILE, 'utf8'));
    expect(counts).toEqual(countWords(questions.map(({ text }) => text)));
  });

  it('come out as they were packed', async () => {
    const [vector = new Int8Array()] = await vectorsOf(['Do you smoke?']);
    const packed = packVectors([{ text: 'Do you smoke?', kind: 'agrees', vector }]);
    const vectors = new QuestionVectors(packed);
    expect(vectors.numberOf('Do you smoke?')).toBe(0);
    expect(vectors.numberOf('Do you drink?')).toBeUndefined();
    expect([vectors.kind(0), vectors.vector(0)]).toEqual(['agrees', vector]);
  });

  it('are what the sentence model says of the texts', async () => {
    const sample = questions.filter((_, index) => index % 1500 === 0).map(({ text }) => text);
    const [shipped, fresh] = [await vectorsOf(sample), await embedSentences(sample)];
    for (const [index, vector] of fresh.entries()) {
      expect(cosine(vector, shipped[index] ?? vector)).toBeGreaterThan(0.99);
    }
  });
});

describe('contentWords', () => {
  it('keeps the stems that carry the sense', () => {
    expect([...contentWords('How often are you using your blue inhalers?')]).toEqual([
      'often',
      'us',
      'blue',
      'inhaler',
    ]);
  });
});
