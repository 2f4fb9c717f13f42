import { describe, expect, it } from 'vitest';
import { caseNow, outranks } from '../../../src/agents/under-test/reference/case-now.js';
import { library } from '../../fixtures.js';

function scenario(id: string) {
  const found = library.scenarios.scenarios.find((each) => each.id === id);
  if (!found) throw new Error(`no ${id}`);
  return found;
}

describe('caseNow', () => {
  it('asks for nothing before anything was told', () => {
    expect(caseNow(scenario('H01-D03'), { wording: undefined, facts: new Set() }).level).toEqual({
      act: 'none',
    });
  });
  it('follows the wording of the cue, and rises with what is told beside it', () => {
    const indirect = { wording: 'indirect', facts: new Set<string>() } as const;
    expect(caseNow(scenario('H06-D04'), indirect).level).toMatchObject({ act: 'EMERGENCY' });
    const vague = { wording: 'explicit', facts: new Set<string>() } as const;
    expect(caseNow(scenario('H06-D04'), vague).level).toMatchObject({ act: 'URGENT' });
    expect(
      caseNow(scenario('H06-D04'), { ...vague, facts: new Set(['numb-seat']) }).level,
    ).toMatchObject({ act: 'EMERGENCY', mode: 'acute-unit' });
  });
});

describe('outranks', () => {
  it('ranks a person today alike, whichever way, and an ambulance above going there', () => {
    expect(outranks({ act: 'URGENT' }, { act: 'HANDOVER' })).toBe(false);
    expect(outranks({ act: 'HANDOVER' }, { act: 'SOON' })).toBe(true);
    expect(outranks({ act: 'SOON' }, { act: 'none' })).toBe(true);
    expect(
      outranks({ act: 'EMERGENCY', mode: '999' }, { act: 'EMERGENCY', mode: 'acute-unit' }),
    ).toBe(true);
  });
});
