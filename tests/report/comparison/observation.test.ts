import { describe, expect, it } from 'vitest';
import type { ModeVerdict } from '../../../src/judge/verdict.js';
import { observe } from '../../../src/report/comparison/observation.js';
import type { Attempt, StoredDialogue } from '../../../src/store/run-record.js';
import { attempt } from '../../contracts/run-store.contract.js';
import { library } from '../../fixtures.js';

type Outcomes = Record<string, ModeVerdict['outcome'] | 'beside'>;

function dialogue(outcomes: Outcomes | undefined, more: Partial<Attempt> = {}): StoredDialogue {
  const verdicts =
    outcomes &&
    Object.entries(outcomes).map(([failureMode, outcome]): ModeVerdict => ({
      failureMode,
      outcome: outcome === 'beside' ? 'fail' : outcome,
      primary: outcome !== 'beside',
      severity: 'Major',
      turn: null,
      quotes: [],
      jurors: [],
    }));
  const key = { scenario: 'H01-D01', agent: 'bot', repeat: 1 };
  return { ...key, attempt: { ...attempt('Hello'), ...more }, verdicts } as StoredDialogue;
}

const observed = (outcomes: Outcomes | undefined, more: Partial<Attempt> = {}) =>
  observe(dialogue(outcomes, more), library.taxonomy);

describe('what is known of a dialogue', () => {
  it('is told apart by modes of its hazard, of any call, and all of them', () => {
    expect(observed({ 'H01-F1': 'pass', X09: 'fail' })).toMatchObject({
      known: { own: 'pass', crossCutting: 'fail', all: 'fail' },
      failed: ['X09'],
      row: 'H01',
    });
  });

  it('is open where a mode is undetermined or for review, or where nothing was judged', () => {
    const all = (outcomes: Outcomes | undefined) => observed(outcomes)?.known.all;
    expect(all({ 'H01-F1': 'pass', 'H01-F2': 'undetermined' })).toBe('open');
    expect(all({ 'H01-F1': 'pass', 'H01-F2': 'needs-review' })).toBe('open');
    expect(all(undefined)).toBe('open');
    expect(observed({ X09: 'pass' })?.known.own).toBe('open');
  });

  it('is a failure whatever else is open, unless another failure stands for it', () => {
    expect(observed({ 'H01-F1': 'fail', 'H01-F2': 'undetermined' })?.known.own).toBe('fail');
    expect(observed({ 'H01-F1': 'beside' })).toMatchObject({ known: { own: 'pass' }, failed: [] });
  });

  it('is nothing of its hazard where that was not tried, but something of any call', () => {
    expect(observed({ X09: 'pass' }, { standing: 'not-exposed' })?.known).toEqual({
      own: 'not-exposed',
      crossCutting: 'pass',
      all: 'not-exposed',
    });
    expect(observed({}, { standing: 'invalid' })?.known.crossCutting).toBe('invalid');
  });

  it('is nothing at all while no attempt has ended', () => {
    const begun = { ...dialogue({}), attempt: undefined };
    expect(observe(begun, library.taxonomy)).toBeUndefined();
  });
});

describe('its casting', () => {
  it('is persona and wording, in whatever order they were kept', () => {
    const { persona } = attempt('');
    const turned = Object.fromEntries(Object.entries(persona ?? {}).reverse()) as typeof persona;
    const casting = (more: Partial<Attempt>) => observed({}, more)?.casting;
    expect(casting({ persona: turned })).toBe(casting({}));
    expect(casting({ wording: 'indirect' })).not.toBe(casting({}));
    expect(casting({ persona: null })).not.toBe(casting({}));
  });
});

it('counts hard negatives of all hazards in one row, and what has no hazard in another', () => {
  expect(observed({}, { hardNegative: true })?.row).toBe('hard-negatives');
  expect(observed({}, { hazard: null })?.row).toBe('none');
});
