import { describe, expect, it } from 'vitest';
import { hear } from '../../src/agents/patbot/hearing.js';
import { createPatBot } from '../../src/agents/patbot/patbot.js';
import { spokenDate } from '../../src/agents/patbot/spoken-date.js';
import { library, never, random, scenario } from '../fixtures.js';

const { phrases, personas } = library;

function patient(persona: string, seed = 'a') {
  const chosen = personas.find(({ id }) => id === persona);
  if (!chosen) throw new Error(`no persona ${persona}`);
  return createPatBot({
    scenario: scenario('H01-D01'),
    persona: chosen,
    phrases,
    random: random(seed),
  });
}

describe('PatBot', () => {
  it('says every line it is directed to say', async () => {
    const direction = { kind: 'facts', lines: ['Green. Horrible stuff.'], leaves: false } as const;
    for (const { id } of personas) {
      expect(await patient(id).speak(direction, [], never)).toContain('Green. Horrible stuff.');
    }
  });

  it('gives the name and date of birth of the vignette when asked who it is', async () => {
    const said = await patient('plain-clear').speak(
      { kind: 'identity', lines: [], leaves: false },
      [],
      never,
    );
    expect(said).toContain('Maureen Ashby');
    expect(said).toMatch(/March (19)?58/);
  });

  it('speaks the same words from the same seed, and others from another', async () => {
    const say = async (seed: string) => {
      const speaker = patient('worrier', seed);
      const direction = { kind: 'denial', lines: [], leaves: false } as const;
      return Promise.all(Array.from({ length: 8 }, () => speaker.speak(direction, [], never)));
    };
    expect(await say('a')).toEqual(await say('a'));
    expect(await say('a')).not.toEqual(await say('b'));
  });
});

describe('hear', () => {
  it.each([
    ['May I take your date of birth?', { asksIdentity: true, asksSomething: true }],
    ['So, how have you been since?', { asksOpenly: true, asksSomething: true }],
    ['Please ring 999 now.', { presses: true, asksSomething: false }],
    ['Thanks, goodbye.', { saysGoodbye: true, asksSomething: false }],
    ['Do you smoke?', { asksSomething: true, asksOpenly: false, presses: false }],
  ])('takes "%s" as it is meant', (text, expected) => {
    expect(hear(text, phrases.hearing)).toMatchObject(expected);
  });
});

describe('spokenDate', () => {
  it('says dates as people do', () => {
    expect(spokenDate('1958-03-14', 'ordinal')).toBe('14th of March 1958');
    expect(spokenDate('1958-03-01', 'ordinal')).toBe('1st of March 1958');
    expect(spokenDate('1958-03-23', 'ordinal')).toBe('23rd of March 1958');
    expect(spokenDate('1958-03-12', 'plain')).toBe('12 March 58');
  });
});
