import { describe, expect, it } from 'vitest';
import { NOTHING_TOLD } from '../../../../src/agents/patbot/director/disclosure.js';
import type { Heard } from '../../../../src/agents/patbot/ear/ear.js';
import { scenario } from '../../../fixtures.js';
import { asksFor, OUT, reply, SILENT, topic } from './reply.js';

const asks = (...acts: Heard['acts']): Heard => ({ ...SILENT, acts, form: 'yes-no' });

describe('the director, asked about the situation of the patient', () => {
  it('answers both of two questions on safety by the facts about it', () => {
    const agentText = 'Is it safe for you to talk, and is anybody in danger?';
    const home = scenario('H03-D06');
    const { disclosure } = reply(asks('asks-safety'), 8, OUT, { scenario: home }, { agentText });
    const released = disclosure.released.map(({ fact }) => fact);
    expect(released).toEqual(['day-centre', 'hides-knives']);
  });

  it('asked who is there, says so though it was heard as a question on who it is', () => {
    const home = scenario('H02-D10');
    const agentText = 'Is there somebody with you that I can speak to?';
    const heard = asks('asks-company', 'asks-identity');
    const { disclosure } = reply(heard, 8, OUT, { scenario: home }, { agentText });
    expect(disclosure.released.map(({ fact }) => fact)).toEqual(['alone-flat']);
  });

  it('gives name and date of birth where these are asked for beside it', () => {
    const agentText = 'Are you safe to talk? Could I have your full name and date of birth?';
    const { direction } = reply(
      asks('asks-safety', 'asks-identity'),
      2,
      NOTHING_TOLD,
      {},
      { agentText },
    );
    expect(direction.kind).toBe('identity');
  });

  it.each([
    ['asks-safety', 'free-to-talk'],
    ['asks-company', 'company'],
    ['asks-way', 'way'],
  ] as const)('%s, says what weighs nothing where the case does not tell', (act, kind) => {
    const silent = { ...scenario('H03-D06'), ledger: [] };
    const { direction } = reply(asks(act), 8, OUT, { scenario: silent });
    expect(direction).toMatchObject({ kind, lines: [] });
  });

  it('leaves it to a commitment of the case', () => {
    const chest = scenario('H14-D09');
    const heard = { ...asksFor(topic('commitment', '2', chest)), acts: ['asks-company'] as const };
    const agentText = 'Can you ring them now, and is anybody with you?';
    const { direction } = reply(heard, 8, OUT, { scenario: chest }, { agentText });
    expect(direction.lines).toEqual([chest.commitments[1]?.says]);
  });
});
