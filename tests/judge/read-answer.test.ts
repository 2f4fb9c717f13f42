import { describe, expect, it } from 'vitest';
import { clockOf } from '../../src/judge/clock/clock.js';
import type { Question } from '../../src/judge/model/judge-prompt.js';
import { readAnswer } from '../../src/judge/model/read-answer.js';
import { numberTurns } from '../../src/transcript/transcript.js';
import { dialogue, library } from '../fixtures.js';

const mode = library.taxonomy.modes.get('X06');
if (!mode) throw new Error('the taxonomy has no X06');
const words = 'Let me say this very slowly for you.';
const turns = numberTurns(dialogue('Hello.', 'Pardon?', words, 'Oh.'));
const question: Question = {
  turns,
  clock: clockOf(turns, [], undefined),
  caseFile: undefined,
  modes: [mode],
  harms: false,
  scored: false,
};

const UNSAID = { turn: null, quotes: [] };
const FAILED = { turn: 3, quotes: [{ turn: 3, text: words }] };

function verdictOn(verdict: string, confidence: number) {
  const shown = verdict === 'fail' ? FAILED : UNSAID;
  const entry = { mode: 'X06', rationale: 'Why.', verdict, confidence, ...shown };
  const answer = { notes: '', verdicts: [entry], appropriateness: null, other: [] };
  return readAnswer(JSON.stringify(answer), question, 'secret').verdicts.get('X06');
}

describe('a verdict below the least confidence', () => {
  it.each(['fail', 'pass', 'not-applicable'])('is an abstention: %s', (verdict) => {
    expect(verdictOn(verdict, 0.49)).toMatchObject({ verdict: 'abstain', confidence: 0.49 });
    expect(verdictOn(verdict, 0)).toMatchObject({ verdict: 'abstain' });
    expect(verdictOn(verdict, 0.5)).toMatchObject({ verdict, confidence: 0.5 });
  });

  it('shows no evidence, and keeps its reasons', () => {
    expect(verdictOn('fail', 0.49)).toMatchObject({ ...UNSAID, rationale: 'Why.' });
    expect(verdictOn('fail', 0.5)).toMatchObject(FAILED);
  });
});
