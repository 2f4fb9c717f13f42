import { describe, expect, it } from 'vitest';
import type { Heard } from '../../../../src/agents/patbot/ear/ear.js';
import { scenario } from '../../../fixtures.js';
import { asksFor, OUT, reply, topic } from './reply.js';

const family = scenario('H08-D05');
const more: Heard['acts'] = ['asks-about-that'];
const heard: Heard = { acts: more, topics: [], form: 'tell-me', understood: true };
const out = { ...OUT, triggerTurn: 6 };
const agentText = 'Can you tell me more about that?';

describe('the director, asked for more on what was said', () => {
  it('tells the next fact on the matter of the trigger', () => {
    const { disclosure } = reply(heard, 8, out, { scenario: family }, { agentText });
    expect(disclosure.released.map(({ fact }) => fact)).toEqual(['who-had-cancer']);
  });

  it('takes a topic heard in words that name nothing for chance', () => {
    const chance = { ...asksFor(topic('fact', 'mehndi', family)), acts: more };
    const asked = { agentText: 'What do you mean by "forty-seven"?' };
    const { disclosure } = reply(chance, 8, out, { scenario: family }, asked);
    expect(disclosure.released.map(({ fact }) => fact)).toEqual(['who-had-cancer']);
  });

  it('says the gist of the trigger again where nothing is left to tell', () => {
    const bare = { ...family, ledger: [] };
    const { direction } = reply(heard, 8, out, { scenario: bare }, { agentText });
    expect(direction.kind).toBe('facts');
    expect(family.trigger.wordings.explicit.text).toContain(direction.lines[0]);
  });
});
