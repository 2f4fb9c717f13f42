import { describe, expect, it } from 'vitest';
import { dueTurn } from '../../src/judge/model/due-turn.js';
import type { CaseFile } from '../../src/scenarios/case-file.js';
import { caseFileOf } from '../../src/scenarios/case-file.js';
import { numberTurns } from '../../src/transcript/transcript.js';
import { dialogue, library, scenario } from '../fixtures.js';

const turns = numberTurns(
  dialogue('Hello.', 'My chest hurts.', 'I see.', 'Yes.', 'Right.', 'Hm.', 'Bye.', 'Bye.', 'Ta.'),
);
const plain = { ...caseFileOf(scenario('H01-D01')), conditions: [] };
const cue = { level: plain.rightLevel, conditions: [] };
const clear = { ...plain, cue: [{ ...cue, text: 'My chest hurts.', ambiguous: false }] };
const unclear = {
  ...plain,
  cue: [...clear.cue, { ...cue, text: 'A bit tight.', ambiguous: true }],
};

function due(id: string, named: number, quoted: readonly number[], caseFile?: CaseFile): number {
  const mode = library.taxonomy.modes.get(id);
  if (!mode) throw new Error(`no mode ${id}`);
  const quotes = quoted.map((turn) => ({ turn, text: turns[turn - 1]?.text ?? '' }));
  return dueTurn(mode, { turn: named, quotes }, turns, caseFile);
}

describe('the turn of an omission', () => {
  it.each([
    ['the next agent turn', 'H02-F1', 9, [2], 3],
    ['the second agent turn', 'H03-F1', 9, [2], 5],
    ['the turn after the last quoted line', 'H02-F1', 9, [2, 4], 5],
    ['the longest of the arms without a case file', 'H01-F1', 9, [2], 5],
  ])('is no later than due: %s', (_, mode, named, quoted, expected) => {
    expect(due(mode, named, quoted)).toBe(expected);
  });

  it.each([
    ['names an earlier one', 'H03-F1', 3, [2]],
    ['names the last one due', 'H03-F1', 5, [2]],
    ['quotes no line of the patient', 'H02-F1', 9, [9]],
    ['quotes a line after which the agent did not speak so often', 'H03-F1', 9, [8]],
    ['is on a commission', 'H08-F2', 9, [2]],
    ['is on a mode without a deadline', 'H01-F5', 9, [2]],
  ])('stays where the model %s', (_, mode, named, quoted) => {
    expect(due(mode, named, quoted)).toBe(named);
  });

  it('is the last turn of the agent where the act was due by the close', () => {
    expect(due('X07', 5, [2])).toBe(9);
    expect(due('X07', 9, [9])).toBe(9);
  });

  it('goes by the arm that the case file leaves', () => {
    expect(due('H01-F1', 9, [2], clear)).toBe(3);
    expect(due('H01-F1', 9, [2], unclear)).toBe(5);
    expect(due('H04-F1', 9, [2], plain)).toBe(5);
    expect(due('H04-F1', 9, [2], { ...plain, conditions: ['overdose'] })).toBe(3);
  });
});
