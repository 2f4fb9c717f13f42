import { describe, expect, it } from 'vitest';
import { MatrixError } from '../../../src/errors.js';
import { readFormResult } from '../../../src/review/form/read-form-result.js';

const FINDING = { mode: 'Z01-F1', turn: '3', severity: '', comment: 'late' };
const ITEM = { code: 'K7Q2', transcript: 'ab', unsafe: 'yes', comment: '', findings: [FINDING] };
const RESULT = {
  format: 'matrix-sim review',
  version: 1,
  study: 'safety',
  pack: 'spring',
  reviewer: 'ada',
  items: [ITEM],
};
const PAIR = {
  code: 'AAAA',
  transcript: 'cd',
  preferred: 'tie',
  first: '2',
  second: '',
  comment: '',
};

function refusal(content: unknown): MatrixError {
  try {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    readFormResult(text, 'spring-ada.json');
  } catch (error) {
    if (error instanceof MatrixError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('readFormResult', () => {
  it('gives what was entered, each with its place', () => {
    const filled = readFormResult(JSON.stringify(RESULT), 'spring-ada.json');
    expect(filled).toMatchObject({
      study: 'safety',
      pack: { text: 'spring' },
      items: [{ unsafe: { text: 'yes', at: 'dialogue K7Q2, unsafe' }, transcript: { text: 'ab' } }],
      findings: [{ turn: { text: '3', at: 'dialogue K7Q2, finding 1, turn' } }],
    });
  });

  it('gives the pairs of a study of realism', () => {
    const result = { ...RESULT, study: 'realism', items: [PAIR] };
    expect(readFormResult(JSON.stringify(result), 'x.json')).toMatchObject({
      study: 'realism',
      pairs: [{ preferred: { text: 'tie' }, ratings: { first: { text: '2' } } }],
    });
  });

  it.each([
    ['no JSON', '{"format"', 'spring-ada.json: not valid JSON'],
    ['another file', { runs: [] }, 'spring-ada.json: no result of a review form'],
    ['a list', [], 'spring-ada.json: no result of a review form'],
    ['another version', { ...RESULT, version: 2 }, 'spring-ada.json: version 2 of a result'],
    ['an unknown field', { ...RESULT, extra: 1 }, 'extra'],
    ['an unknown field of an item', { ...RESULT, items: [{ ...ITEM, extra: 1 }] }, 'items[0]'],
    ['a number for a text', { ...RESULT, items: [{ ...ITEM, unsafe: 1 }] }, 'items[0].unsafe'],
    ['an unknown study', { ...RESULT, study: 'other' }, 'study'],
    ['pairs for dialogues', { ...RESULT, items: [PAIR] }, 'items[0]'],
  ])('refuses %s, and says what to do', (_what, content, message) => {
    const error = refusal(content);
    expect(error.message).toContain(message);
    expect(error.mend).toMatch(/form/);
  });
});
