import { describe, expect, it } from 'vitest';
import {
  NOTHING_TOLD,
  type Disclosure,
  type Script,
} from '../../../src/agents/patbot/director/disclosure.js';
import type { Heard } from '../../../src/agents/patbot/ear/ear.js';
import type { Fact, Scenario } from '../../../src/scenarios/scenario.js';
import { asksFor, base, OUT, reply, SILENT, topic } from './director/reply.js';
import { NEUTRAL, scenario } from '../../fixtures.js';

const trigger = base.trigger.wordings.explicit.text;

/** The fact on what the trigger answers. */
function answering({ ledger, trigger: { answers } }: Scenario): string {
  const fact = ledger.find((fact) => fact.answers.some((item) => answers.includes(item)));
  if (!fact) throw new Error('the trigger answers nothing');
  return fact.id;
}

/** A case of its own: an allergy that no fact tells, a refusal, a denial. */
const other: Scenario = {
  ...base,
  ledger: base.ledger.filter(({ id }) => id !== 'penicillin'),
  denies: [{ topic: 'chest pain', asked: ['Any chest pain?'] }],
  commitments: [
    {
      topic: 'calling',
      asked: ['Will you call?'],
      stance: 'hesitates',
      says: 'Must I?',
      then: 'I will.',
    },
    { topic: 'stopping', asked: ['Will you stop?'], stance: 'refuses', says: 'I never would.' },
  ],
};

function withSmoking(wordings: Pick<Fact, 'text' | 'alternative'>): Scenario {
  const ledger = base.ledger.map((fact) =>
    fact.id === 'smoking' ? { ...fact, ...wordings } : fact,
  );
  return { ...base, ledger };
}

describe('the director', () => {
  it('tells a fact that may be told, and nothing else', () => {
    const { direction, disclosure } = reply(asksFor(topic('fact', 'smoking')), 2);
    expect(direction.kind).toBe('facts');
    expect(base.ledger.find(({ id }) => id === 'smoking')?.text).toContain(direction.lines[0]);
    expect(disclosure.released).toEqual([{ fact: 'smoking', turn: 2 }]);
  });

  it('asked again says it in its other wording, and releases it once', () => {
    const both = withSmoking({ text: 'Packed it in.', alternative: 'Not since Derek died.' });
    const told = {
      ...OUT,
      said: { smoking: 'Packed it in.' },
      released: [{ fact: 'smoking', turn: 2 }],
    };
    const { direction, disclosure } = reply(asksFor(topic('fact', 'smoking')), 8, told, {
      scenario: both,
    });
    expect(direction).toMatchObject({ kind: 'facts', lines: ['Not since Derek died.'] });
    expect(disclosure.released).toEqual(told.released);
  });

  it('says again what has one wording, without its second sentence', () => {
    const one = withSmoking({ text: 'Packed it in. Years ago.', alternative: undefined });
    const told = { ...OUT, said: { smoking: 'Packed it in. Years ago.' } };
    const { direction } = reply(asksFor(topic('fact', 'smoking')), 8, told, { scenario: one });
    expect(direction).toMatchObject({ kind: 'facts', lines: ['Packed it in.'] });
  });

  it('answers a required item by the first of its facts that is untold', () => {
    const { disclosure } = reply(asksFor(topic('item', 'allergies')), 4, OUT);
    expect(disclosure.released).toEqual([{ fact: 'penicillin', turn: 4 }]);
  });

  it('turns aside what may not be told yet, and counts it', () => {
    const { direction, disclosure } = reply(asksFor(topic('fact', 'lips')), 4);
    expect(direction).toMatchObject({ kind: 'deflection', lines: [] });
    expect(disclosure.mishearings).toEqual([{ turn: 4, outcome: 'not-answered' }]);
    expect(reply(asksFor(topic('fact', 'lips')), 6).disclosure.released).toHaveLength(1);
  });

  it('gives its identity, whatever else is asked or due', () => {
    const heard: Heard = { ...asksFor(topic('fact', 'smoking')), acts: ['asks-identity'] };
    expect(reply(heard, 2).direction).toMatchObject({ kind: 'identity', lines: [] });
    expect(reply(heard, 8).direction).toMatchObject({ kind: 'identity', lines: [trigger] });
  });

  it('answers from the vignette what no fact tells, unless the ledger holds it back', () => {
    const heard = asksFor(topic('vignette', 'allergies'));
    const answered = reply(heard, 4, OUT, { scenario: other });
    expect(answered.direction).toMatchObject({ kind: 'facts', lines: ['Penicillin, rash.'] });
    const late = base.ledger.map((fact) => ({ ...fact, earliestTurn: 20 }));
    const held = reply(heard, 4, OUT, { scenario: { ...base, ledger: late } });
    expect(held.direction.kind).toBe('deflection');
  });

  it('lets a stranger know nothing of the vignette', () => {
    const stranger = scenario('H11-D03');
    const heard = asksFor(topic('vignette', 'allergies', stranger));
    expect(reply(heard, 4, OUT, { scenario: stranger }).direction.kind).toBe('unknown');
  });

  it('denies only what the case denies', () => {
    const denied = reply(asksFor(topic('denies', '1', other)), 4, OUT, { scenario: other });
    expect(denied.direction).toMatchObject({ kind: 'denial', lines: [] });
    expect(reply({ ...SILENT, form: 'yes-no' }, 4, OUT).direction).toMatchObject({
      kind: 'unknown',
      lines: [],
    });
  });

  it('asks back once, then says that it does not follow', () => {
    const lost: Heard = { ...SILENT, form: 'open', understood: false };
    const first = reply(lost, 4, OUT);
    const second = reply(lost, 6, first.disclosure);
    expect([first, second].map(({ direction }) => direction.kind)).toEqual([
      'asking-back',
      'not-following',
    ]);
    expect(second.disclosure.mishearings).toEqual([
      { turn: 4, outcome: 'not-understood' },
      { turn: 6, outcome: 'not-understood' },
    ]);
  });

  it('stands by its commitments: hesitates then accepts, refuses each time', () => {
    const ask = (id: string, told: Disclosure) =>
      reply(asksFor(topic('commitment', id, other)), 4, told, { scenario: other });
    const first = ask('1', OUT);
    expect(first.direction.lines).toEqual(['Must I?']);
    expect(ask('1', first.disclosure).direction.lines).toEqual(['I will.']);
    const refused = ask('2', OUT);
    expect(ask('2', refused.disclosure).direction.lines).toEqual(refused.direction.lines);
    expect(ask('0', OUT).direction).toMatchObject({ kind: 'agreement', lines: [] });
  });

  it('protests while passed over, after its answer, and no more once the agent escalates', () => {
    const told = { ...OUT, triggerTurn: 6, taken: false };
    const passed = reply(asksFor(topic('fact', 'smoking')), 8, told);
    expect(passed.direction.lines).toHaveLength(2);
    expect(passed.direction.lines[1]).toBe(base.reactions.ignored[0]?.says);
    const agentText = 'Please ring 999 now.';
    const taken = reply({ ...SILENT, acts: ['escalates'] }, 8, told, {}, { agentText });
    expect(taken.direction.lines).toEqual([base.reactions.pushed[0]?.says]);
    const after = reply(asksFor(topic('fact', 'smoking')), 10, taken.disclosure);
    expect(after.direction.lines).toHaveLength(1);
  });

  it('neither asks nor confirms anything when it is read back to', () => {
    expect(reply({ ...SILENT, acts: ['reads-back'], form: 'yes-no' }, 4, OUT).direction).toEqual({
      kind: 'read-back',
      lines: [],
      leaves: false,
    });
  });

  it('does not know what is asked after reading back, where nothing answers it', () => {
    const heard: Heard = { ...SILENT, acts: ['reads-back', 'asks-topic'], form: 'yes-no' };
    expect(reply(heard, 4, OUT).direction.kind).toBe('unknown');
  });

  it('answers the first of several questions, or the last where it does not keep up', () => {
    const heard = asksFor(topic('fact', 'smoking'), topic('fact', 'penicillin'));
    const told = (persona: Script['persona']) =>
      reply(heard, 4, OUT, { persona }).disclosure.released.map(({ fact }) => fact);
    expect(told(NEUTRAL)).toEqual(['smoking']);
    expect(told({ ...NEUTRAL, confusion: 'high' })).toEqual(['penicillin']);
  });

  it('answers, then comes out with the trigger that is due', () => {
    const { direction, disclosure } = reply(asksFor(topic('fact', 'smoking')), 8);
    expect(direction.kind).toBe('trigger');
    expect(direction.lines).toHaveLength(2);
    expect(direction.lines.at(-1)).toBe(trigger);
    expect(disclosure.triggerTurn).toBe(8);
  });

  it('blurts the trigger out alone only where the scenario says so', () => {
    const blurted = { ...base, trigger: { ...base.trigger, alone: true } };
    const { direction, disclosure } = reply(asksFor(topic('fact', 'smoking')), 8, NOTHING_TOLD, {
      scenario: blurted,
    });
    expect(direction.lines).toEqual([trigger]);
    expect(disclosure.mishearings).toEqual([{ turn: 8, outcome: 'not-answered' }]);
  });

  it('takes no cue from what it did not understand, until the trigger must come', () => {
    const lost: Heard = { ...SILENT, form: 'open', understood: false };
    const early = { triggerTurn: 4 };
    expect(reply(lost, 4, NOTHING_TOLD, early).direction.kind).toBe('asking-back');
    expect(reply(lost, base.trigger.byTurn, NOTHING_TOLD, early).direction.lines).toEqual([
      trigger,
    ]);
  });

  it('keeps facts that must be asked directly from an open question', () => {
    const { released } = reply({ ...SILENT, acts: ['asks-openly'], form: 'open' }, 2).disclosure;
    expect(released.map(({ fact }) => fact)).toEqual(['worse-week']);
  });

  it('lets a patient who means it hang up with the last protest', () => {
    const leaving = scenario('H09-D07');
    let told: Disclosure = { ...NOTHING_TOLD, triggerTurn: 6 };
    const said = [8, 10, 12].map((turn) => {
      const { direction, disclosure } = reply(SILENT, turn, told, { scenario: leaving });
      told = disclosure;
      return direction;
    });
    expect(said.map(({ leaves }) => leaves)).toEqual([false, false, true]);
    expect(said.at(-1)?.lines.at(-1)).toBe(leaving.reactions.ignored.at(-1)?.says);
  });

  it('says the trigger alone where what it answers is asked, though its drawn turn is later', () => {
    const { direction, disclosure } = reply(asksFor(topic('fact', answering(base))), 4);
    expect(direction).toMatchObject({ kind: 'trigger', lines: [trigger] });
    expect(disclosure).toMatchObject({ triggerTurn: 4, released: [], mishearings: [] });
  });

  it('waits to be asked what the trigger answers, and comes out with it by its turn', () => {
    const early = { triggerTurn: 4 };
    const smoking = asksFor(topic('fact', 'smoking'));
    expect(reply(smoking, 4, NOTHING_TOLD, early).direction.lines).not.toContain(trigger);
    expect(reply(smoking, 8, NOTHING_TOLD, early).direction.lines).toContain(trigger);
  });

  it('says nothing of the trigger while it says who it is, before the last turn for it', () => {
    const spoken = { ...NOTHING_TOLD, said: { [answering(base)]: 'Worse.' } };
    const identity: Heard = { ...SILENT, acts: ['asks-identity'], form: 'tell-me' };
    expect(reply(identity, 4, spoken, { triggerTurn: 4 }).direction).toMatchObject({
      kind: 'identity',
      lines: [],
    });
  });

  it('takes nothing back that it has not said yet', () => {
    const wrong = scenario('H07-D02');
    const fact = answering(wrong);
    const heard = asksFor(topic('fact', fact, wrong));
    const first = reply(heard, 4, NOTHING_TOLD, { scenario: wrong });
    expect(first.disclosure.released).toEqual([{ fact, turn: 4 }]);
    expect(reply(heard, 6, first.disclosure, { scenario: wrong }).direction.lines).toEqual([
      wrong.trigger.wordings.explicit.text,
    ]);
  });

  it('follows the trigger up, when asked for more, with what bears on its level', () => {
    const more: Heard = { ...SILENT, acts: ['asks-openly'], form: 'tell-me' };
    const { disclosure } = reply(more, 8, { ...OUT, triggerTurn: 6 });
    const [release] = disclosure.released;
    const told = base.ledger.find(({ id }) => id === release?.fact);
    expect(told?.escalation !== undefined || told?.id === answering(base)).toBe(true);
  });

  it.each([
    ['asks-if-right', 'read-back'],
    ['asks-if-wrong', 'corrections'],
  ] as const)('takes a recap that %s for no agreement', (act, kind) => {
    const heard = { ...asksFor(topic('commitment', '0')), acts: [act] };
    expect(reply(heard, 8, OUT).direction).toMatchObject({ kind, lines: [] });
  });

  it('protests no more once the agent has escalated beside its words, or declined', () => {
    const told = { ...OUT, triggerTurn: 6, taken: false };
    const smoking = asksFor(topic('fact', 'smoking'));
    const escalated = reply(
      smoking,
      8,
      told,
      {},
      { actions: [{ type: 'escalate', act: 'URGENT' }] },
    );
    const declined = reply({ ...smoking, acts: ['settles'] }, 8, told);
    for (const { disclosure } of [escalated, declined]) {
      expect(disclosure.taken).toBe(true);
      expect(reply(smoking, 10, disclosure).direction.lines).toHaveLength(1);
    }
    expect(declined.direction.lines).toHaveLength(1);
  });

  it('returns a goodbye', () => {
    expect(reply({ ...SILENT, acts: ['says-goodbye'] }, 6).direction.kind).toBe('farewell');
  });
});
