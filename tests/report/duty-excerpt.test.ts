import { describe, expect, it } from 'vitest';
import { dutyOf, mostTelling, renderDutyExcerpt } from '../../src/report/duty-excerpt.js';
import { plainLine } from '../../src/report/line.js';
import type { Attempt, StoredDialogue } from '../../src/store/run-record.js';
import { stored, verdict } from './stored-dialogue.js';

const turns: Attempt['turns'] = [
  { role: 'agent', text: 'How is your breathing?' },
  { role: 'patient', text: `${'Well you know how it is. '.repeat(8)}I am puffed just sat here.` },
  { role: 'agent', text: 'And how many pillows do you sleep with?' },
  { role: 'patient', text: 'Three.' },
  {
    role: 'agent',
    text: 'Call 999 now.',
    actions: [{ type: 'escalate', act: 'EMERGENCY', mode: '999' }],
  },
];
const duty = { since: 2, act: 'EMERGENCY', due: 3, met: 5, by: 'action' as const };
const judged = (duties: (typeof duty)[]): StoredDialogue =>
  ({
    ...stored({ scenario: 'H01-D01', attempt: { turns } }),
    judgement: { duties },
  }) as unknown as StoredDialogue;
const late = verdict('H01-F2', 'fail', {
  turn: 3,
  quotes: [{ turn: 2, text: 'I am puffed just sat here.' }],
});

describe('an excerpt', () => {
  it('has the turns on which a failure rests, with what was due when, in 80 columns', () => {
    const dialogue = judged([duty]);
    const lines = renderDutyExcerpt({ dialogue, verdict: late, duty: dutyOf(dialogue) }, 80);
    const plain = lines.map(plainLine);
    expect(plain).toEqual([
      '   2  patient  …I am puffed just sat here.',
      '               ← calls for EMERGENCY',
      '   3  agent    And how many pillows do you sleep with?',
      '               ← EMERGENCY was due by here',
      '   …',
      '   5  agent    Call 999 now. [EMERGENCY 999]',
      '               ← given only here, 2 turns late',
    ]);
    expect(Math.max(...plain.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('begins at the quote where a turn is long, and marks a failure that breaks no duty', () => {
    const quotes = [{ turn: 2, text: 'Well you know how it is. I am puffed just sat here.' }];
    const told = verdict('H11-F1', 'fail', { turn: 2, quotes });
    const failing = { dialogue: judged([]), verdict: told, duty: undefined };
    expect(renderDutyExcerpt(failing, 60).map(plainLine)).toEqual([
      '   2  patient  …Well you know how it is. I am puffed just',
      '               sat here.',
      '               ← failed here',
    ]);
  });

  it('takes the gravest failure, and of those one whose duty was not done in time', () => {
    const dialogue = judged([duty]);
    const met = { ...duty, met: 3 };
    const mild = verdict('H11-F1', 'fail', { severity: 'Minor' });
    const failing = [
      { dialogue, verdict: mild, duty },
      { dialogue, verdict: late, duty: met },
      { dialogue, verdict: late, duty },
    ];
    expect(mostTelling(failing)).toBe(failing[2]);
    expect(mostTelling([])).toBeUndefined();
    expect(dutyOf(judged([met, duty]))).toBe(duty);
  });
});
