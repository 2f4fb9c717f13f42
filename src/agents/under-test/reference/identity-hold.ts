import type { Scenario } from '../../../scenarios/scenario.js';
import type { Move } from './utter.js';

/** What is said, turn by turn, while the check has not passed: to the patient, or to somebody else. */
const STEPS = {
  patient: [
    ['identity-again'],
    ['identity-why'],
    ['cannot-go-on', 'safety-net-unchecked', 'close'],
  ],
  unnamed: [
    ['identity-again'],
    ['cannot-discuss', 'record-speaker'],
    ['call-back-neutral', 'close'],
  ],
  named: [['cannot-discuss', 'better-time'], ['call-back-neutral', 'any-worry-at-all'], ['close']],
} as const;

/** Holds the call until it is known who speaks, and lets it end where that cannot be known. */
export class IdentityHold {
  readonly #scenario: Scenario;
  #asked = 0;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
  }

  /** @param named whether somebody has said who they are */
  next(named: boolean): Move[] {
    const { speaker, conditions } = this.#scenario;
    const patient = speaker.role === 'patient' && !conditions.includes('failed-check');
    const steps = STEPS[patient ? 'patient' : named ? 'named' : 'unnamed'];
    const step = steps[Math.min(this.#asked, steps.length - 1)] ?? [];
    this.#asked += 1;
    return step.map((name) => ({ name }));
  }
}
