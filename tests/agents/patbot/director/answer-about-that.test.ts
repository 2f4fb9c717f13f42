import { describe, expect, it } from 'vitest';
import type { Heard } from '../../../../src/agents/patbot/ear/ear.js';
import { NEUTRAL, scenario } from '../../../fixtures.js';
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

  it.each([
    ['H08-D01', 'played-down', "I've a chewed-up green bag here", 'pack-gone'],
    ['H08-D04', 'played-down', "Cat's dish on Sunday, Mecca steps Thursday", 'two-falls'],
    ['H08-D04', 'indirect', 'two fellas got me up off the floor', 'two-falls'],
    ['H08-D06', 'explicit', 'our daughter got him ibuprofen, three every day', 'ibuprofen-dose'],
  ] as const)('%s: tells what it has not told of the words quoted', (id, wording, quote, fact) => {
    const evasive = { ...NEUTRAL, disclosure: 'evasive' } as const;
    const play = { scenario: scenario(id), wording, persona: evasive };
    const asked = { agentText: `You said "${quote}". Could you tell me more about it?` };
    const { disclosure } = reply(heard, 8, out, play, asked);
    expect(disclosure.released.map((release) => release.fact)).toEqual([fact]);
  });

  it('comes back from an anecdote to what it meant, by no fact that was not asked for', () => {
    const dancing = scenario('H08-D06');
    const asked = { agentText: 'You said "You should have seen Papa dancing". Tell me more?' };
    const { direction, disclosure } = reply(heard, 8, out, { scenario: dancing }, asked);
    expect(disclosure.released).toEqual([]);
    expect(direction.lines[0]).toContain('His knee was paining him');
  });
});
