import { describe, expect, it } from 'vitest';
import { NOTHING_TOLD } from '../../../../src/agents/patbot/director/disclosure.js';
import type { Heard } from '../../../../src/agents/patbot/ear/ear.js';
import { toldIn } from '../../../../src/agents/patbot/director/told-in.js';
import { checkScenario } from '../../../../src/scenarios/check-scenario.js';
import { caseFileOf } from '../../../../src/scenarios/case-file.js';
import { findCue } from '../../../../src/judge/clock/find-cue.js';
import { NEUTRAL, scenario } from '../../../fixtures.js';
import { asksFor, OUT, reply, SILENT, topic } from './reply.js';

const hernia = scenario('H12-D07');
const { text, otherwise = '' } = hernia.trigger.wordings.indirect;
const pun = { scenario: hernia, wording: 'indirect' } as const;
const reducible = asksFor(topic('item', 'reducible', hernia));

const lines = (heard: Heard, agentText: string, told = NOTHING_TOLD, play = {}) =>
  reply(heard, 6, told, { ...pun, ...play }, { agentText }).direction.lines;

describe('the director, on words that the agent did or did not say', () => {
  it('plays on a word in the trigger only where it was spoken', () => {
    expect(lines(reducible, 'Is it still reducible?')).toContain(text);
    expect(lines(reducible, 'Does it still go back in?')).toEqual([otherwise]);
  });

  it('comes back to the trigger as it was said', () => {
    const { disclosure } = reply(reducible, 6, NOTHING_TOLD, pun, { agentText: 'Does it go in?' });
    const asked = asksFor(topic('trigger', '1', hernia));
    const { direction } = reply(asked, 8, disclosure, pun, { agentText: 'Is it reducible?' });
    expect(otherwise).toContain(direction.lines[0]);
  });

  it('answers plain words by another fact than the one that mistakes the hard word', () => {
    const colitis = scenario('H12-D08');
    const play = { scenario: colitis };
    const stool = asksFor(topic('fact', 'stool-chair', colitis));
    const told = (agentText: string) =>
      reply(stool, 10, OUT, play, { agentText }).disclosure.released.map(({ fact }) => fact);
    expect(told('How many stools a day?')).toEqual(['stool-chair']);
    expect(told('How many times do you go for a poo?')).toEqual(['poo-count']);
  });

  it('says of such a fact what it knows in plain words', () => {
    const bleeding = scenario('H12-D05');
    const discharge = asksFor(topic('item', 'discharge', bleeding));
    const play = { scenario: bleeding };
    const plain = reply(discharge, 10, OUT, play, { agentText: 'Does anything else come out?' });
    expect(plain.direction.lines).toEqual(['Only blood comes. Other thing, nothing.']);
  });

  it('is the same cue to the judge, and told in a transcript from elsewhere', () => {
    const turns = [
      { role: 'agent', text: 'Does it still go back in?' },
      { role: 'patient', text: otherwise },
    ] as const;
    const numbered = turns.map((turn, index) => ({ ...turn, number: index + 1, actions: [] }));
    expect(findCue(numbered, caseFileOf(hernia))?.turn.number).toBe(2);
    expect(toldIn(numbered, hernia).triggerTurn).toBe(2);
  });

  it('wants another answer where a fact with a premise stands alone', () => {
    const ledger = hernia.ledger.map((fact) =>
      fact.id === 'push-back' ? { ...fact, answers: [] } : fact,
    );
    expect(checkScenario({ ...hernia, ledger })).toEqual([
      'ledger: dunno-reducible has a premise: another fact must answer where it fails',
    ]);
  });
});

describe('the director, reacting to a word', () => {
  const nurse = scenario('H09-D01');
  const said = 'Fine, but she rings today.';
  const pushed = [{ says: said, after: ['ring you'] }];
  const play = { scenario: { ...nurse, reactions: { ...nurse.reactions, pushed } } };
  const moved: Heard = { ...SILENT, acts: ['hands-over'] };
  const reaction = (agentText: string) =>
    reply(moved, 10, OUT, play, { agentText }).direction.lines;

  it('answers what it is told of, not what is meant for a case that may come', () => {
    expect(reaction('Somebody will ring you today.')).toEqual([said]);
    expect(reaction('If it comes back, they will ring you.')).not.toContain(said);
    expect(reaction('What did they say when they would ring you?')).not.toContain(said);
  });
});

describe('the director, asked on which number or when it can be reached', () => {
  const quits = scenario('H09-D07');
  const told = { ...OUT, triggerTurn: 8, taken: false };
  const heard = (...acts: Heard['acts']): Heard => ({ ...SILENT, acts, form: 'yes-no' });
  const reproaches = [...quits.reactions.ignored, ...quits.reactions.pushed].map(
    ({ says }) => says,
  );
  const lines = (agentText: string, ...acts: Heard['acts']) =>
    reply(heard(...acts), 10, told, { scenario: quits }, { agentText }).direction.lines;

  it.each(['Is this the right number to call you on?', 'When may the nurse ring you?'])(
    'is not pressed by "%s"',
    (agentText) => {
      expect(lines(agentText, 'offers').filter((line) => reproaches.includes(line))).toEqual([]);
    },
  );

  it('is pressed by the next question of the list', () => {
    expect(lines('Are your bowels working?', 'asks-topic')).toContain(
      quits.reactions.ignored[0]?.says,
    );
  });

  it('speaks of an explanation only after one', () => {
    const refuses = scenario('H09-D08');
    const [reproach] = refuses.reactions.pushed;
    const said = (agentText: string) => {
      const play = { scenario: refuses };
      return reply(heard('hands-over'), 10, OUT, play, { agentText }).direction.lines;
    };
    expect(said('I stop here. A person will ring you today.')).not.toContain(reproach?.says);
    expect(said('We ask because it helps the team. A person will ring you.')).toContain(
      reproach?.says,
    );
  });
});

describe('the director, asked for a commitment in a case that may come', () => {
  const chest = scenario('H14-D09');
  const going = asksFor(topic('commitment', '1', chest));
  const says = (agentText: string) =>
    reply(going, 10, OUT, { scenario: chest }, { agentText }).direction;

  it('does not answer with what it does now', () => {
    expect(says('Will you go to A and E now?').lines).toEqual([chest.commitments[0]?.says]);
    expect(says('Will you go to A and E if it comes back?').kind).toBe('agreement');
  });
});

describe('the director, asked two things of one item', () => {
  const walk = scenario('H05-D09');
  const item = asksFor(topic('item', 'thinners', walk));
  const agentText = 'Which blood thinner are you on, and has somebody given you a plan for it?';
  const told = (confusion: 'normal' | 'high') => {
    const play = { scenario: walk, persona: { ...NEUTRAL, confusion } };
    const { disclosure } = reply(item, 10, OUT, play, { agentText });
    return disclosure.released.map(({ fact }) => fact);
  };

  it('answers both, and one where it is confused', () => {
    expect(told('normal')).toEqual(['apixaban', 'no-plan']);
    expect(told('high')).toHaveLength(1);
  });
});
