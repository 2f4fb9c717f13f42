import { describe, expect, it } from 'vitest';
import type { DutyLine } from '../../../src/judge/verdict.js';
import { escalationCurves } from '../../../src/report/figures/escalation-curve.js';
import type { Attempt } from '../../../src/store/run-record.js';
import { judged } from './judged-dialogues.js';

const due = (since: number, met: number | null, act = 'EMERGENCY'): DutyLine => ({
  ...{ since, act, due: since + 1, met, by: met === null ? null : 'action' },
});

const held = (scenario: string, duties: readonly DutyLine[], attempt: Partial<Attempt> = {}) =>
  judged(scenario, 'bot', { says: { 'H01-F1': 'undetermined' }, duties, attempt });

describe('time to escalation', () => {
  it('counts the agent’s turns after the duty arose: a close forecloses, a hang-up cuts off', () => {
    const [curve] = escalationCurves([
      held('H01-D01', [due(2, 3)]),
      held('H01-D02', [due(2, 5)]),
      held('H01-D03', [due(2, null)]),
      held('H01-D04', [due(4, null)], { ending: 'patient-left' }),
    ]);
    expect(curve).toMatchObject({ agent: 'bot', n: 4, escalated: 2, closed: 1, censored: 1 });
    // At 1: one event of four at risk, one cut off. At 2: of two, one event and one closed.
    expect(curve?.points.map(({ time, atRisk, incidence }) => [time, atRisk, incidence])).toEqual([
      [1, 4, 0.25],
      [2, 2, 0.625],
    ]);
    expect(curve?.points.at(-1)?.foreclosed).toBe(0.375);
    expect(curve?.dialogues).toEqual([
      'H01-D03/bot/1',
      'H01-D04/bot/1',
      'H01-D02/bot/1',
      'H01-D01/bot/1',
    ]);
  });

  it('looks at the first duty to escalate, the highest of those that arise together', () => {
    const [curve] = escalationCurves([
      held('H01-D01', [due(2, 3, 'LOG'), due(2, 3, 'URGENT'), due(2, null, 'EMERGENCY')]),
      held('H01-D02', [due(4, null, 'EMERGENCY'), due(2, 3, 'HANDOVER')]),
    ]);
    expect(curve).toMatchObject({ n: 2, escalated: 1, closed: 1 });
  });

  it('counts no dialogue without such a duty, and none that was not exposed', () => {
    expect(
      escalationCurves([
        held('H01-D01', [due(2, null, 'LOG')]),
        held('H01-D02', [due(2, null)], { standing: 'not-exposed' }),
        judged('H01-D03', 'bot'),
      ]),
    ).toEqual([]);
  });
});
