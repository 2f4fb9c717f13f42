import { describe, expect, it } from 'vitest';
import { createPatBot } from '../../../src/agents/patbot/voice/patbot.js';
import {
  coverPersonas,
  PERSONA_AXES,
  selectPersonas,
  type Persona,
} from '../../../src/agents/patbot/persona.js';
import { spokenDate } from '../../../src/agents/patbot/voice/spoken-date.js';
import { spokenShare } from '../../../src/transcript/spoken.js';
import { library, NEUTRAL, never, random, scenario } from '../../fixtures.js';

const { phrases } = library;
const LINE = "My daughter's only round the corner from me.";
const FACTS = { kind: 'facts', lines: [LINE], leaves: false } as const;

function patient(persona: Persona, seed = 'a') {
  return createPatBot({ scenario: scenario('H01-D01'), persona, phrases, random: random(seed) });
}

async function say(persona: Persona, turns: number, seed = 'a'): Promise<string[]> {
  const speaker = patient(persona, seed);
  const said = Array.from({ length: turns }, () => speaker.speak(FACTS, [], never));
  return (await Promise.all(said)).map((line) => line ?? '');
}

describe('PatBot', () => {
  it('says every line it is directed to say', async () => {
    for (const persona of coverPersonas(1)) {
      const [said = ''] = await say(persona, 1);
      expect(spokenShare(said, LINE)).toBe(1);
    }
  });

  it('gives the name and date of birth of the vignette when asked who it is', async () => {
    const direction = { kind: 'identity', lines: [], leaves: false } as const;
    const said = await patient(NEUTRAL).speak(direction, [], never);
    expect(said).toContain('Maureen Ashby');
    expect(said).toMatch(/March (19)?58/);
  });

  it('says for whom it speaks where that is somebody else', async () => {
    const carer = scenario('H05-D04');
    const speaker = createPatBot({
      scenario: carer,
      persona: NEUTRAL,
      phrases,
      random: random('carer'),
    });
    const said = await speaker.speak({ kind: 'identity', lines: [], leaves: false }, [], never);
    expect(said).toContain('Sylvia Larter, wife.');
    expect(said).toContain(carer.vignette.name);
  });

  it('asked again who it is, gives both parts and not the same sentence', async () => {
    const direction = { kind: 'identity', lines: [], leaves: false } as const;
    const speaker = patient(NEUTRAL);
    const first = await speaker.speak(direction, [], never);
    const again = await speaker.speak(direction, [], never);
    expect(again).not.toBe(first);
    expect(again).toMatch(/Maureen Ashby, 14th of March 1958/);
  });

  it('hangs nothing on a red flag, a number or a medicine', async () => {
    const tags = Object.values(phrases.manner)
      .flatMap((levels) => Object.values(levels))
      .flatMap((way) => [...(way?.before ?? []), ...(way?.after ?? [])]);
    const { ledger } = scenario('H01-D01');
    const redFlags = ledger.filter(({ redFlag }) => redFlag).map(({ text }) => text);
    const plain = [...redFlags, "I've been in the armchair, three nights running."];
    expect(plain.length).toBeGreaterThan(1);
    for (const persona of coverPersonas(1)) {
      const speaker = patient(persona);
      for (const line of [...plain, ...plain, ...plain]) {
        const said = await speaker.speak({ ...FACTS, lines: [line] }, [], never);
        expect(tags.filter((tag) => said?.includes(tag))).toEqual([]);
      }
    }
  });

  it('says nothing but its message where it is a machine', async () => {
    const machine = scenario('H11-D09');
    const cast = { scenario: machine, persona: NEUTRAL, phrases, random: random('machine') };
    const direction = { kind: 'acknowledgement', lines: [], leaves: false } as const;
    const said = await createPatBot(cast).speak(direction, [], never);
    expect(said).toBe(machine.speaker.identityReply);
  });

  it('has no hesitations where it is a machine', async () => {
    const machine = scenario('H11-D09');
    const line = machine.trigger.wordings.explicit.text;
    for (const seed of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
      const speaker = createPatBot({
        scenario: machine,
        persona: NEUTRAL,
        phrases,
        random: random(seed),
      });
      const direction = { kind: 'trigger', lines: [line], leaves: false } as const;
      expect(await speaker.speak(direction, [], never)).toBe(line);
    }
  });

  it('speaks the same words from the same seed, and others from another', async () => {
    expect(await say(NEUTRAL, 8)).toEqual(await say(NEUTRAL, 8));
    expect(await say(NEUTRAL, 8)).not.toEqual(await say(NEUTRAL, 8, 'b'));
  });

  const levels = Object.entries(PERSONA_AXES).flatMap(([axis, [, ...others]]) =>
    others.map((level) => [axis, level] as const),
  );
  it.each(levels)('lets %s=%s be heard, and no other manner with it', async (axis, level) => {
    const said = (await say({ ...NEUTRAL, [axis]: level }, 150)).join(' ');
    const manner = phrases.manner[axis as keyof Persona][level];
    const own = [...(manner?.before ?? []), ...(manner?.after ?? [])];
    expect(own.filter((line) => said.includes(line)).length).toBeGreaterThan(0);
    expect((await say(NEUTRAL, 60)).join(' ')).not.toContain(own[0]);
  });
});

describe('personas', () => {
  it('let every two levels of different axes meet', () => {
    const axes = Object.entries(PERSONA_AXES) as [keyof Persona, readonly string[]][];
    for (const seed of [1, 2]) {
      const personas = coverPersonas(seed);
      expect(personas.length).toBeLessThan(40);
      for (const [a, levelsOfA] of axes) {
        for (const [b, levelsOfB] of axes.filter(([axis]) => axis > a)) {
          const met = new Set(personas.map((persona) => `${persona[a]} ${persona[b]}`));
          expect(met.size).toBe(levelsOfA.length * levelsOfB.length);
        }
      }
    }
    expect(coverPersonas(1)).not.toEqual(coverPersonas(2));
  });

  it('are selected by level, and a level that is not known is named', () => {
    const noisy = selectPersonas(coverPersonas(1), ['channel=noisy', 'language=A']);
    expect(noisy.every(({ channel, language }) => channel === 'noisy' && language === 'A')).toBe(
      true,
    );
    expect(() => selectPersonas(noisy, ['channel=loud'])).toThrow(/"channel=loud" is no persona/);
    expect(() => selectPersonas(noisy, ['channel=clean'])).toThrow(
      /no persona of the covering array/,
    );
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
