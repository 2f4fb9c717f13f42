import { describe, expect, it } from 'vitest';
import { NOTHING_TOLD } from '../../../../src/agents/patbot/director/disclosure.js';
import type { Heard } from '../../../../src/agents/patbot/ear/ear.js';
import type { Topic } from '../../../../src/agents/patbot/ear/topics.js';
import { scenario } from '../../../fixtures.js';
import { OUT, reply, SILENT, topic } from './reply.js';

const agentText = 'Can you get there now, and who could take you?';
const asks = (acts: Heard['acts'], ...topics: Topic[]): Heard => ({
  ...SILENT,
  acts,
  topics,
  form: 'yes-no',
});

function linesOf(id: string, heard: Heard, text = agentText) {
  const play = { scenario: scenario(id) };
  return reply(heard, 10, OUT, play, { agentText: text }).direction.lines;
}

describe('the director, asked who is there or who could take the patient', () => {
  it('names who the case knows of', () => {
    const fiance = scenario('H09-D03').ledger.find(({ id }) => id === 'fiance');
    const [line] = linesOf('H09-D03', asks(['asks-way']));
    expect([fiance?.text, fiance?.alternative]).toContain(line);
  });

  it('says what the case commits itself to where no fact tells', () => {
    expect(linesOf('H06-D04', asks(['asks-way']))).toEqual(["Our Philip's got the car."]);
  });

  it('says so beside a hesitation to go, and not who it is', () => {
    const dinners = scenario('H04-D04');
    const heard = asks(
      ['asks-way', 'asks-commitment'],
      topic('commitment', '1', dinners),
      topic('vignette', 'speaker', dinners),
    );
    const [hesitation, line] = linesOf('H04-D04', heard);
    expect(hesitation).toBe(dinners.commitments[0]?.says);
    expect(line).toContain('Craig');
  });

  it('never answers by a fact that the question was only heard as', () => {
    const post = scenario('H09-D10');
    const heard = asks(['asks-way'], topic('fact', 'relief', post));
    const relief = post.ledger.find(({ id }) => id === 'relief');
    expect(linesOf('H09-D10', heard)).not.toContain(relief?.text);
  });

  it('answers what is asked beside it as well', () => {
    const eye = scenario('H01-D02');
    const heard = asks(['asks-company', 'asks-topic'], topic('fact', 'red-eye', eye));
    const lines = linesOf('H01-D02', heard, 'Is the eye red, and is anybody with you?');
    expect(lines).toHaveLength(2);
  });

  it('takes nobody asked for for a question on who it is', () => {
    const heard = asks(['asks-way', 'asks-identity']);
    const text = 'Can you get there now? Who could take you?';
    const { direction } = reply(heard, 10, NOTHING_TOLD, {}, { agentText: text });
    expect(direction.kind).not.toBe('identity');
  });
});
