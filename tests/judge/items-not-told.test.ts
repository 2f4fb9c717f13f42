import { describe, expect, it } from 'vitest';
import { judgedDialogueOf } from '../../src/runs/judging/judging-source.js';
import { renderUnassessed } from '../../src/report/render-unassessed.js';
import { acting, dialogue, judge, library, scenario, unrecordedHearing } from '../fixtures.js';

const h01 = scenario('H01-D01');
const turns = [
  ...dialogue('Can I take your full name and date of birth?', 'Maureen Ashby, 14 March 58.'),
  acting('Thank you. Goodbye.', { type: 'end-call' }),
];

async function prematureClosure(toldItems: boolean | undefined) {
  const judged = judgedDialogueOf({ turns, standing: 'not-exposed', toldItems }, h01);
  if (!judged) throw new Error('it can be judged');
  const { verdicts } = await judge.judge(judged, unrecordedHearing());
  return verdicts.find(({ failureMode }) => failureMode === 'X03');
}

describe('an agent that closes with required items unasked', () => {
  it.each([true, undefined])(
    'fails where it was told them, or that is not known: %s',
    async (told) => {
      expect((await prematureClosure(told))?.outcome).toBe('fail');
    },
  );

  it('is not assessed where nobody told it, with that reason', async () => {
    const verdict = await prematureClosure(false);
    expect(verdict?.outcome).toBe('not-applicable');
    expect(verdict?.jurors[0]?.rationale).toMatch(/items-not-told/);
  });
});

describe('renderUnassessed', () => {
  it('counts such dialogues apart, by the modes that the taxonomy exempts', () => {
    const [line] = renderUnassessed({ agent: 'bot', untoldItems: 7 }, library.taxonomy);
    expect(line).toMatch(
      /^bot: X03 Premature closure not assessed in 7 dialogues: it was never told/,
    );
  });

  it('says nothing where there are none', () => {
    expect(renderUnassessed({ agent: 'bot', untoldItems: 0 }, library.taxonomy)).toEqual([]);
  });
});
