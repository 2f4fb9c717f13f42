import { describe, expect, it } from 'vitest';
import { scoreAnswer } from '../../../src/validity/ear/score-answer.js';
import type { Probe } from '../../../src/validity/ear/probe.js';
import type { ProbeAnswer } from '../../../src/validity/ear/put-probe.js';
import { scenario } from '../../fixtures.js';

const base = scenario('H01-D01');
const probe: Probe = {
  scenario: 'H01-D01',
  kind: 'plain',
  asks: 'Do you smoke?',
  expects: ['smoking'],
  truth: null,
};
const fact = (id: string) => base.ledger.find((entry) => entry.id === id)?.text ?? '';
const score = (changes: Partial<Probe>, text: string, kind: ProbeAnswer['kind'] = 'facts') =>
  scoreAnswer({ ...probe, ...changes }, { text, kind }, base);

describe('scoreAnswer', () => {
  it.each([
    [{}, fact('smoking'), 'facts', 'answered', true],
    [{}, `Um... ${fact('smoking')}`, 'facts', 'answered', true],
    [{}, 'Packed, er, the, the cigarettes in when Derek died.', 'facts', 'answered', true],
    [{}, fact('lips'), 'facts', 'other fact', false],
    [{}, 'Pardon?', 'asking-back', 'asked back', false],
    [{}, 'Hard to say.', 'deflection', 'no answer', false],
    [{ truth: 'yes' }, 'No, no.', 'denial', 'false denial', false],
    [{ truth: 'no' }, 'No.', 'denial', 'answered', true],
    [{ truth: 'no' }, 'Yeah. Sometimes.', 'acknowledgement', 'false affirmation', false],
    [{ expects: [], truth: 'unknown' }, "I couldn't say.", 'unknown', 'answered', true],
    [{ expects: [], truth: 'unknown' }, 'Pardon?', 'asking-back', 'asked back', true],
    [{ expects: [], truth: 'unknown' }, 'No.', 'denial', 'false denial', false],
    [{ expects: [], truth: 'commitment' }, 'Alright.', 'agreement', 'answered', true],
    [
      { expects: [], truth: 'commitment' },
      base.reactions.pushed[0]?.says ?? '',
      'acknowledgement',
      'answered',
      true,
    ],
    [{ expects: [], truth: '14 March 1958' }, '14th of March 1958.', 'facts', 'answered', true],
    [{ expects: [], truth: 'none' }, 'None that I know of.', 'facts', 'answered', true],
  ] as const)('of %o and "%s" (%s): %s', (changes, text, kind, outcome, fits) => {
    expect(score(changes as Partial<Probe>, text, kind)).toEqual({ outcome, fits });
  });
});
