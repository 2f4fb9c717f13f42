import { describe, expect, it } from 'vitest';
import { parseReply } from '../../src/agents/under-test/agent-reply.js';

describe('parseReply', () => {
  it.each([
    [
      { type: 'escalate', act: 'AMBULANCE' },
      /action 2: act must be one of EMERGENCY, URGENT, SOON/,
    ],
    [{ type: 'escalate' }, /action 2: act must be one of/],
    [{ type: 'ring' }, /action 2: type must be one of escalate, handover, note, end-call$/],
    [{ type: 'note', text: 7 }, /action 2: text must be a string$/],
    ['handover', /action 2: an action is an object as \{ type: handover \}/],
  ])('names the action that is wrong: %j', (action, message) => {
    const reply = { text: 'Hello.', actions: [{ type: 'end-call' }, action] };
    expect(() => parseReply(reply)).toThrow(message);
  });

  it('blames no action where the words are wrong', () => {
    expect(() => parseReply({ text: 7, actions: [{ type: 'handover' }] })).toThrow(/no text of/);
  });
});
