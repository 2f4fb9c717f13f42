import { expect, it } from 'vitest';
import { recordingCard } from '../../../src/runs/recorded/recording-card.js';
import { UNNAMED, withChange } from '../../../src/runs/recorded/recording-facts.js';
import type { Content } from '../../../src/store/run-record.js';

const content = (name: string, fingerprint: string): Content => {
  return { name, decides: 'transcripts', fingerprint };
};
const change = (day: number, contents: Content[], counts: { made: number; removed: number }) => ({
  model: undefined,
  date: new Date(Date.UTC(2026, 10, day)),
  package: '1.0.0',
  contents,
  ...counts,
});
const [before, after] = [content('taxonomy', 'a'), content('taxonomy', 'b')];
const same = content('scenarios', 's');

it('begins a making anew where something changed on which questions rest, and names it', () => {
  const first = withChange(undefined, change(1, [before, same], { made: 63, removed: 0 }));
  const second = withChange(first, change(2, [after, same], { made: 3, removed: 3 }));
  expect(second.makings).toEqual([
    expect.objectContaining({ made: 63, removed: 0, changed: [] }),
    expect.objectContaining({ made: 3, removed: 3, changed: ['taxonomy'] }),
  ]);
  expect(second.contents).toEqual([after, same]);
  expect(second.model).toBe(UNNAMED);
});

it('goes on with a making where nothing changed', () => {
  const first = withChange(undefined, change(1, [before], { made: 60, removed: 0 }));
  const { makings } = withChange(first, change(3, [before], { made: 3, removed: 0 }));
  expect(makings).toMatchObject([
    { from: '2026-11-01T00:00:00.000Z', to: '2026-11-03T00:00:00.000Z', made: 63, changed: [] },
  ]);
});

it('begins one anew too where dialogues changed that no content names', () => {
  const first = withChange(undefined, change(1, [before], { made: 63, removed: 0 }));
  const { makings } = withChange(first, change(3, [before], { made: 3, removed: 3 }));
  expect(makings[1]).toMatchObject({
    made: 3,
    removed: 3,
    changed: ['what is said in the dialogues'],
  });
});

it('is told on the data card, on which no name can break out of its place', () => {
  const odd = [content('a|b', '1')];
  const first = withChange(undefined, {
    ...change(1, odd, { made: 1, removed: 0 }),
    model: 'm`\n# Head',
  });
  const second = withChange(first, change(2, [content('a|b', '2')], { made: 0, removed: 1 }));
  const card = recordingCard(second, new Map());
  expect(card).toContain('Made anew 1 times');
  expect(card).toContain('| 2026-11-02 | 2026-11-02 | 1.0.0 | 0 | 1 | a\\|b |');
  expect(card).toContain('`m # Head`');
  expect(card).not.toMatch(/^# Head/m);
});
