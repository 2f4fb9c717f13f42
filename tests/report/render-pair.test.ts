import { describe, expect, it } from 'vitest';
import { renderPair, type NamedDialogue } from '../../src/report/render-pair.js';
import { partingTurn } from '../../src/report/parting-turn.js';
import { attempt } from '../contracts/run-store.contract.js';
import { dialogue, library } from '../fixtures.js';

const { taxonomy } = library;

function named(run: string, agent: string, ...lines: string[]): NamedDialogue {
  const key = { scenario: 'H01-D01', agent, repeat: 1 };
  const counts = { attempts: 1, invalid: 0, spoiled: 0, restarts: 0 };
  const held = { ...attempt('a'), turns: dialogue(...lines) };
  const none = { verdicts: undefined, judgement: undefined };
  return { run, dialogue: { ...key, ...counts, attempt: held, ...none } };
}

const long = 'I have been short of breath since Sunday, and it is worse when I lie down at night.';
const first = named('r', 'late', 'Hello.', long, 'Goodbye.');
const second = named('n', 'bot', 'Hello.', long, 'Ring 999.', 'I will.');

describe('renderPair', () => {
  it('puts two transcripts beside each other from 100 columns on, turn beside turn', () => {
    const lines = renderPair(first, second, { taxonomy, columns: 100, marks: [] });
    expect(lines[0]).toBe('Parts in turn 3.');
    expect(lines).toContain(`${'1 agent Hello.'.padEnd(48)} │ 1 agent Hello.`);
    expect(lines).toContain(`${'3 agent Goodbye.'.padEnd(48)} │ 3 agent Ring 999.`);
    expect(lines).toContain(`${''.padEnd(48)} │ 4 patient I will.`);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100);
    expect(lines.filter((line) => line.startsWith('ended:'))).toHaveLength(1);
  });

  it('puts them one above the other below that', () => {
    const lines = renderPair(first, second, { taxonomy, columns: 99, marks: [] });
    const titles = lines.flatMap((line, index) => (/^[rn]\/H01/.test(line) ? [index] : []));
    expect(titles).toHaveLength(2);
    expect(lines.some((line) => line.includes('│'))).toBe(false);
    expect(lines.indexOf('   4  patient  I will.')).toBeGreaterThan(titles[1] ?? 0);
  });

  it('marks turns of the second that do not answer, and those of which nobody can tell', () => {
    const marks = [
      { turn: 2, outcome: 'not-understood' },
      { turn: 4, outcome: 'not-answered' },
    ] as const;
    const text = renderPair(first, second, { taxonomy, columns: 80, marks }).join('\n');
    expect(text).toContain('From turn 4 on the recorded patient no longer answers');
    expect(text).toContain('I will. (≠)');
    expect(text.match(/\(\?\)$/gm)).toHaveLength(1);
  });
});

describe('partingTurn', () => {
  it('finds the first turn that differs in words or actions, or that one lacks', () => {
    const turns = dialogue('a', 'b', 'c');
    expect(partingTurn(turns, structuredClone(turns))).toBeUndefined();
    expect(partingTurn(turns, dialogue('a', 'x', 'c'))).toBe(2);
    expect(partingTurn(turns, turns.slice(0, 2))).toBe(3);
    const acting = turns.map((turn) => ({ ...turn, actions: [{ type: 'handover' as const }] }));
    expect(partingTurn(turns, acting)).toBe(1);
    expect(
      partingTurn(
        turns,
        turns.map((turn) => ({ ...turn, actions: [] })),
      ),
    ).toBeUndefined();
  });
});
