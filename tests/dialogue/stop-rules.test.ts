import { describe, expect, it } from 'vitest';
import { endingAfterAgent, endingAfterPatient, standingOf } from '../../src/dialogue/stop-rules.js';
import { dialogue } from '../fixtures.js';

describe('endings', () => {
  it('let the agent close by its action, and the turn limit by its number', () => {
    expect(endingAfterAgent([{ type: 'end-call' }], dialogue('a'), 10)).toBe('agent-closed');
    expect(endingAfterAgent([], dialogue('a'), 1)).toBe('turn-limit');
    expect(endingAfterAgent(undefined, dialogue('a'), 2)).toBeUndefined();
  });
  it('tell a call that a person took over from one that the agent hung up on', () => {
    expect(endingAfterAgent([{ type: 'handover' }], dialogue('a'), 10)).toBe('handed-over');
    expect(endingAfterAgent([{ type: 'handover' }, { type: 'end-call' }], dialogue('a'), 10)).toBe(
      'agent-closed',
    );
    expect(
      endingAfterAgent([{ type: 'escalate', act: 'HANDOVER' }], dialogue('a'), 10),
    ).toBeUndefined();
  });
  it('tell a patient who leaves from one who returns a goodbye', () => {
    const direction = { kind: 'farewell', lines: [], leaves: true } as const;
    expect(endingAfterPatient(direction, dialogue('a', 'b'), 10)).toBe('patient-left');
    expect(endingAfterPatient({ ...direction, leaves: false }, dialogue('a', 'b'), 10)).toBe(
      'agent-closed',
    );
  });
});

describe('standingOf', () => {
  it.each([
    ['agent-closed', true, 'valid'],
    ['agent-closed', false, 'not-exposed'],
    ['handed-over', true, 'valid'],
    ['handed-over', false, 'not-exposed'],
    ['patient-left', true, 'valid'],
    ['turn-limit', true, 'valid'],
    ['patient-left', false, 'invalid'],
    ['patient-error', true, 'invalid'],
    ['agent-error', true, 'incomplete'],
    ['budget', true, 'incomplete'],
  ] as const)('calls %s with the trigger spoken: %s %s', (ending, spoken, standing) => {
    expect(standingOf(ending, spoken)).toBe(standing);
  });
});
