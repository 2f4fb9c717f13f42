import { describe, expect, it } from 'vitest';
import { scenario } from '../../../fixtures.js';
import { asksFor, OUT, reply, topic } from './reply.js';

const missed = scenario('H10-D02');
const history = asksFor(topic('vignette', 'history', missed));

const replyTo = (agentText: string, play = missed) =>
  reply(history, 10, OUT, { scenario: play }, { agentText });

describe('the director, asked for symptoms where an illness was heard', () => {
  it('denies them where the case denies something', () => {
    const heard = 'I hear how upset you are. Has it left you unwell, or is a symptom worrying you?';
    expect(replyTo(heard).direction).toMatchObject({ kind: 'denial', lines: [] });
  });

  it('tells what the level can hang on', () => {
    const [first, ...others] = missed.ledger;
    if (!first) throw new Error('no fact');
    const play = { ...missed, ledger: [{ ...first, redFlag: true, answers: [] }, ...others] };
    const { disclosure } = replyTo('Does she feel unwell?', play);
    expect(disclosure.released).toEqual([{ fact: first.id, turn: 10 }]);
  });

  it('tells the illnesses of the past to a question on them, by no word beside it', () => {
    const [line = ''] = replyTo('I can hear you. Has she ever been treated for diabetes?').direction
      .lines;
    expect(line).toBe('Type 2 diabetes.');
    expect(replyTo('Has she any illness you worry about?').direction.lines).toHaveLength(1);
  });
});
