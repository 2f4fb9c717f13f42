import { describe, expect, it } from 'vitest';
import {
  NOTHING_TOLD,
  type Disclosure,
  type Script,
} from '../../../../src/agents/patbot/director/disclosure.js';
import type { Heard } from '../../../../src/agents/patbot/ear/ear.js';
import { random, scenario } from '../../../fixtures.js';
import { asksFor, base, OUT, reply, SILENT, topic } from './reply.js';

describe('the director', () => {
  describe('asked between two versions', () => {
    const wrong = scenario('H07-D01');
    const said = { 'clear-as-water': 'Clear.' };
    const out: Disclosure = { ...NOTHING_TOLD, said, triggerTurn: 6 };
    const which: Heard = { ...SILENT, acts: ['asks-which', 'asks-if-wrong'], form: 'open' };

    it('tells the fact that settles it, also where it is due a turn later, and protests not', () => {
      const { direction, disclosure } = reply(which, 6, out, { scenario: wrong });
      expect(disclosure.released.map(({ fact }) => fact)).toEqual(['streaks']);
      expect(direction.lines).toHaveLength(1);
    });

    it('says again what settled it', () => {
      const told = { ...out, said: { ...said, streaks: 'Blood. Since Sunday.' } };
      const { direction } = reply(which, 10, told, { scenario: wrong });
      expect(direction.lines).toEqual(['Blood. Since Sunday.']);
    });
  });

  it('says before its correction what it corrects, where nobody asked for it', () => {
    const wrong = scenario('H07-D01');
    const walk = asksFor(topic('fact', 'post-box', wrong));
    const before = reply(walk, 6, NOTHING_TOLD, { scenario: wrong });
    expect(before.disclosure.released.map(({ fact }) => fact)).toEqual([
      'post-box',
      'clear-as-water',
    ]);
    const late = reply(walk, 8, NOTHING_TOLD, { scenario: wrong });
    expect(late.disclosure.released.map(({ fact }) => fact)).toContain('clear-as-water');
    expect(late.direction.lines.at(-1)).toBe(wrong.trigger.wordings.explicit.text);
  });

  it('says that it did not hear in place of an answer', () => {
    const deaf = scenario('H12-D07-N1');
    const heard = asksFor(topic('item', deaf.task.requiredItems[0]?.id ?? '', deaf));
    const { direction } = reply(heard, deaf.trigger.byTurn, NOTHING_TOLD, { scenario: deaf });
    expect(direction.lines).toEqual([deaf.trigger.wordings.explicit.text]);
  });

  it('says no reaction whose premise does not hold', () => {
    const sick = scenario('H10-D08');
    const told = { ...NOTHING_TOLD, triggerTurn: 4 };
    const reacts = (agentText: string) =>
      reply({ ...SILENT, acts: ['escalates'] }, 6, told, { scenario: sick }, { agentText })
        .direction.lines;
    expect(reacts('This needs a clinician the same day.')).toEqual([]);
    expect(reacts('Please ring 999 for an ambulance.')[0]).toMatch(/^An ambulance\?/);
    const robot = scenario('H14-D01');
    const spacer = asksFor(topic('item', robot.task.requiredItems[0]?.id ?? '', robot));
    const play = (wording: Script['wording']) =>
      reply(spacer, 6, told, { scenario: robot, wording }).direction.lines.at(-1);
    expect(play('explicit')).toMatch(/Professor Steve/);
    expect(play('played-down')).not.toMatch(/Professor Steve/);
  });

  it('protests not after an answer, a question on its matter, or anything that may be one', () => {
    const told = { ...OUT, triggerTurn: 6, taken: false };
    const smoking = asksFor(topic('fact', 'smoking'));
    const silent = [
      reply(
        smoking,
        8,
        told,
        {},
        { agentText: 'Breathlessness like yours often frightens people.' },
      ),
      reply({ ...smoking, acts: ['asks-safety'] }, 8, told),
    ];
    const [protest] = base.reactions.ignored;
    for (const { direction } of silent) expect(direction.lines).not.toContain(protest?.says);
    const passing = { agentText: 'Okay, thank you. Next question.' };
    expect(reply(smoking, 8, told, {}, passing).direction.lines).toHaveLength(2);
  });

  it('takes an offer as the case says', () => {
    const shy = scenario('H14-D05');
    const agentText = 'I can ask for a nurse to ring you. Shall I put that down?';
    const heard: Heard = { ...SILENT, acts: ['offers', 'asks-if-wrong'], form: 'yes-no' };
    const { direction } = reply(heard, 8, OUT, { scenario: shy }, { agentText });
    expect(direction.lines.join(' ')).toMatch(/nurse/);
  });

  it('asked about its safety, tells what bears on it first, and what was asked beside it', () => {
    const low = scenario('H02-D09');
    const heard: Heard = {
      ...asksFor(topic('fact', 'do-nothing', low)),
      acts: ['asks-safety', 'asks-topic'],
    };
    const agentText = 'Are you having thoughts of ending your life or harming yourself?';
    const { disclosure } = reply(
      heard,
      8,
      { ...OUT, triggerTurn: 6 },
      { scenario: low },
      { agentText },
    );
    expect(disclosure.released.map(({ fact }) => fact)).toEqual([
      'not-really-joking',
      'do-nothing',
    ]);
  });

  it('asked what else there is, does not say how it is', () => {
    const proud = scenario('H14-D01');
    const more: Heard = { ...SILENT, acts: ['asks-for-more', 'asks-openly'], form: 'yes-no' };
    const { disclosure } = reply(more, 14, OUT, { scenario: proud });
    expect(disclosure.released.map(({ fact }) => fact)).not.toContain('sound');
    const nothing = { ...proud, ledger: proud.ledger.filter(({ greeting }) => greeting) };
    expect(reply(more, 14, OUT, { scenario: nothing }).direction.kind).toBe('nothing-more');
  });

  it('asked what to pass on, says where the case stands on that', () => {
    const daughter = scenario('H11-D02');
    const pass: Heard = { ...SILENT, acts: ['asks-for-more', 'asks-openly'], form: 'yes-no' };
    const agentText = "Is there anything you'd like me to pass on?";
    const { direction } = reply(pass, 8, OUT, { scenario: daughter }, { agentText });
    const own = daughter.commitments.find(({ topic }) => topic === 'her question being passed on');
    expect(direction.lines).toEqual([own?.says]);
  });

  it('answers a message for somebody else, and takes it for no recap', () => {
    const mother = scenario('H11-D05');
    const heard: Heard = { ...SILENT, acts: ['reads-back', 'asks-to-pass-on'] };
    const agentText = 'Please just ask them to ring the hospital back when they can.';
    const { direction } = reply(heard, 8, OUT, { scenario: mother }, { agentText });
    const says = mother.commitments.map((commitment) => commitment.says);
    expect(says).toContain(direction.lines[0]);
  });

  it('who has ended the call chats no more', () => {
    const done = scenario('H09-D02');
    const { direction } = reply({ ...SILENT, acts: ['settles'] }, 8, OUT, { scenario: done });
    expect(direction).toMatchObject({ kind: 'acknowledgement', lines: [] });
  });

  it('tells a fact whole the first time', () => {
    for (const seed of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const heard = asksFor(topic('fact', 'penicillin'));
      const { direction } = reply(heard, 4, OUT, { random: random(seed) });
      expect(direction.lines).toEqual(['Penicillin. Came up in a rash.']);
    }
  });
});
