import type { SpokenTurn } from './call-log.js';
import type { CallSetting } from './call-setting.js';
import type { CaseNow } from './case-now.js';
import type { Heard } from './heard.js';
import type { PatientEar } from './patient-ear.js';
import type { HandlingPlan } from './plan-handling.js';
import type { Versions } from './second-ask.js';
import type { Move } from './utter.js';

/** Where the call stands, as far as moves depend on it. */
export interface Standing {
  readonly setting: CallSetting;
  readonly ear: PatientEar;
  readonly heard: Heard | undefined;
  readonly last: SpokenTurn | undefined;
  readonly spoken: readonly SpokenTurn[];
  readonly versions: Versions | undefined;
  readonly cueWords: string;
  readonly act: CaseNow['level']['act'];
  /** There is an item left on which a red flag hangs. */
  readonly flagsLeft: boolean;
  /** The cue's item was answered since. */
  readonly settled: boolean;
  /** What follows the handling of the cue; undefined before there is one. */
  readonly then: HandlingPlan['then'] | undefined;
  /** The last turn followed up the cue. */
  readonly follows: boolean;
  readonly lastQuestion: string;
  readonly agreed: boolean;
  readonly advised: boolean;
  /** Whether a move whose name begins so was spoken in the call. */
  readonly said: (prefix: string) => boolean;
  readonly answer: () => Move[];
}
