import { describe, expect, it } from 'vitest';
import { readMarkers, withMarkers } from '../../src/agents/under-test/read-markers.js';

describe('markers', () => {
  it.each([
    ['[ESCALATE EMERGENCY 999]', { type: 'escalate', act: 'EMERGENCY', mode: '999' }],
    [
      '[escalate: emergency acute-unit]',
      { type: 'escalate', act: 'EMERGENCY', mode: 'acute-unit' },
    ],
    ['[ESCALATE URGENT]', { type: 'escalate', act: 'URGENT' }],
    ['[HANDOVER]', { type: 'handover' }],
    ['[NOTE Lives alone, no phone.]', { type: 'note', text: 'Lives alone, no phone.' }],
    ['[END CALL]', { type: 'end-call' }],
  ])('%s is an action and not spoken', (marker, action) => {
    expect(readMarkers(`Please ring now. ${marker} I will wait.`)).toEqual({
      text: 'Please ring now. I will wait.',
      actions: [action],
    });
  });

  it('stand in the order in which they were written', () => {
    const { text, actions } = readMarkers('Goodbye.\n[NOTE done] [HANDOVER]\n[END CALL]');
    expect(text).toBe('Goodbye.');
    expect(actions.map(({ type }) => type)).toEqual(['note', 'handover', 'end-call']);
  });

  it.each(['See you [at ten].', '[ESCALATE SIDEWAYS]', '[NOTE]'])(
    'leave other brackets alone: %s',
    (text) => {
      expect(readMarkers(text)).toEqual({ text, actions: [] });
    },
  );

  it('that the answer broke off in are not spoken', () => {
    expect(readMarkers('Ring 999 now. [ESCALATE EMERG')).toEqual({
      text: 'Ring 999 now.',
      actions: [],
    });
  });

  it('can be written as they were read', () => {
    const answer = 'Bye. [ESCALATE EMERGENCY 999] [NOTE x] [HANDOVER] [END CALL]';
    expect(withMarkers(readMarkers(answer))).toBe(answer);
  });
});
