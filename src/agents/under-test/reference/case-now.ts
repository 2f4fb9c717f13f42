import type { Escalation } from '../../../scenarios/level.js';
import { caseIn, type Scenario, type Wording } from '../../../scenarios/scenario.js';

/** The case as far as it has been told: the level rises with what the patient says. */
export interface CaseNow {
  readonly id: string;
  readonly hazard: string;
  readonly conditions: readonly string[];
  readonly duties: readonly string[];
  readonly speaker: Scenario['speaker']['role'];
  readonly level: Pick<Escalation, 'act' | 'mode'>;
}

/** What has been told of the case: the cue, in one of its wordings, and facts by their ids. */
export interface Told {
  readonly wording: Wording | undefined;
  readonly facts: ReadonlySet<string>;
}

/** The case once this much was told; before the cue its level is that of the facts alone. */
export function caseNow(scenario: Scenario, { wording, facts }: Told): CaseNow {
  const cue = wording && caseIn(scenario, wording);
  const levels = scenario.ledger.flatMap(({ id, escalation }) =>
    escalation && facts.has(id) ? [escalation] : [],
  );
  return {
    id: scenario.id,
    hazard: scenario.hazard,
    conditions: cue?.conditions ?? scenario.conditions,
    duties: scenario.parallel.map(({ duty }) => duty),
    speaker: scenario.speaker.role,
    level: levels.reduce<CaseNow['level']>(
      (highest, level) => (outranks(level, highest) ? level : highest),
      cue?.escalation ?? { act: 'none' },
    ),
  };
}

/** Handover and same-day care rank alike: each brings a person today. */
const RANKS: readonly (readonly string[])[] = [['SOON'], ['URGENT', 'HANDOVER'], ['EMERGENCY']];

/** Whether one level asks for more than another; an ambulance for more than going there oneself. */
export function outranks(one: CaseNow['level'], other: CaseNow['level']): boolean {
  const [a, b] = [one, other].map(({ act }) => RANKS.findIndex((acts) => acts.includes(act)));
  if (a === b) return one.mode === '999' && other.mode === 'acute-unit';
  return (a ?? -1) > (b ?? -1);
}

/** A level in one word, as rules and moves name it: its act, with the mode of an emergency. */
export function levelName({ act, mode }: CaseNow['level']): string {
  return mode === undefined ? act : `${act}-${mode}`;
}
