import { describe, expect, it } from 'vitest';
import { hearByWords } from '../../src/agents/patbot/ear/rules-ear.js';
import {
  direct,
  NOTHING_TOLD,
  type Disclosure,
  type Script,
} from '../../src/agents/patbot/director/director.js';
import { library, NEUTRAL, random, scenario } from '../fixtures.js';

const script: Script = {
  scenario: scenario('H01-D01'),
  wording: 'explicit',
  persona: NEUTRAL,
  triggerTurn: 8,
  random: random('director'),
};
const trigger = script.scenario.trigger.wordings.explicit.text;

function ask(agentText: string, turn: number, told: Disclosure = NOTHING_TOLD) {
  const heard = hearByWords(agentText, script.scenario, library.phrases.hearing);
  return direct(script, told, { heard, agentText, turn });
}

describe('the director', () => {
  it('releases a fact when its own words are asked for, and only once', () => {
    const first = ask('Do you smoke at all?', 2);
    expect(first.direction).toMatchObject({
      kind: 'facts',
      lines: ['Packed it in when Derek died.'],
    });
    const second = ask('Do you smoke at all?', 4, first.disclosure);
    expect(second.direction.lines).toEqual([]);
  });

  it('tells nothing before its earliest turn', () => {
    const lips = ask('How do your lips look?', 4);
    expect(lips.disclosure.released).toEqual([]);
    expect(ask('How do your lips look?', 6).disclosure.released).toEqual([
      { fact: 'lips', turn: 6 },
    ]);
  });

  it('keeps facts that must be asked directly from an open question', () => {
    const { released } = ask('How have you been?', 2).disclosure;
    expect(released.map(({ fact }) => fact)).toEqual(['worse-week']);
  });

  it('speaks the trigger by its turn, whatever is asked', () => {
    const due = ask('And do you have any allergies?', 8);
    expect(due.direction).toMatchObject({ kind: 'trigger', lines: [trigger] });
    expect(due.disclosure.triggerTurn).toBe(8);
  });

  it('speaks the trigger early where it is asked for, and not before its first turn', () => {
    expect(ask('How is your breathing at rest?', 2).direction.kind).not.toBe('trigger');
    expect(ask('How is your breathing at rest?', 4).direction.kind).toBe('trigger');
  });

  it('insists when the trigger is passed over, and yields when pressed', () => {
    const told = ask('And allergies?', 8).disclosure;
    const ignored = ask('Do you sleep well?', 10, told);
    expect(ignored.direction.lines).toContain(script.scenario.reactions.ignored[0]);
    const pressed = ask('Please ring 999 now.', 10, told);
    expect(pressed.direction.lines).toContain(script.scenario.reactions.pushed[0]);
  });

  it('lets a patient who means it hang up with the last protest', () => {
    const leaving = scenario('H09-D07');
    const play = { ...script, scenario: leaving };
    const agentText = 'Next.';
    const heard = hearByWords(agentText, leaving, library.phrases.hearing);
    let told = { ...NOTHING_TOLD, triggerTurn: 6 };
    const said = [8, 10, 12].map((turn) => {
      const { direction, disclosure } = direct(play, told, { heard, agentText, turn });
      told = { ...told, ...disclosure, triggerTurn: 6 };
      return direction;
    });
    expect(said.map(({ leaves }) => leaves)).toEqual([false, false, true]);
    expect(said.at(-1)?.lines).toEqual(leaving.reactions.ignored.slice(-1));
  });

  it('returns a goodbye', () => {
    expect(ask('Thank you, goodbye.', 6).direction).toMatchObject({
      kind: 'farewell',
      leaves: false,
    });
  });
});
