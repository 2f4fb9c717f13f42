import { armsOf } from '../clock/clock.js';
import {
  actsAfter,
  dutiesOf,
  isRecorded,
  meets,
  turnsAllowed,
  type Duty,
} from '../clock/duties.js';
import { isOmission, type FailureMode } from '../../taxonomy/hazard.js';
import type { ReadTurn } from '../reading/turn-reader.js';
import {
  abstain,
  closingTurn,
  notApplicable,
  pass,
  type CheckOf,
  type Finding,
  type ReadDialogue,
} from './check.js';
import { isSilent } from './silence.js';

/** The ways in which one duty fails, the first that holds. */
const FAULTS = ['never', 'late', 'too-low'] as const;
type Fault = (typeof FAULTS)[number];

/**
 * An act is due within so many agent turns of the patient's cue. One duty fails in one way: never,
 * late or too low (domain brief, section 5). Recorded actions decide; without them, and for an act
 * that has no recorded form, an absence is raised.
 */
export const actByDeadline: CheckOf<'act-by-deadline'> = (dialogue, mode, check) => {
  const { clock } = dialogue;
  if (!clock.hasCase) return abstain('Without a case file the right level is not known.');
  if (!clock.cue) return abstain('The cue of the case file was not found in the patient’s words.');
  const within = turnsAllowed(clock, mode.deadline);
  if (within === undefined) return abstain('Which deadline holds cannot be told.');
  if (check.act === 'case-level' && clock.levels.length === 0)
    return abstain(
      'The wordings of the cue need different levels, and which was said is not known.',
    );
  const duties = dutiesOf(clock, check.act, mode.deadline);
  const unmet = duties.find((duty) => !isMet(duty));
  if (duties.length === 0) {
    const because = 'The case file asks for no escalation.';
    return check.partial ? abstain(because) : notApplicable(because);
  }
  if (!unmet) return doneInTime(duties, dialogue, check.partial);
  if (within === Infinity && !closingTurn(dialogue)) {
    return clock.recorded
      ? notApplicable('The agent did not close the call.')
      : abstain('Whether the agent closed the call cannot be read.');
  }
  return judgeUnmet(unmet, dialogue, mode, check);
};

/** The agent's turns in which the act was still in time: all, where it did not speak so often. */
function windowOf({ since, due }: Duty, { agentTurns }: ReadDialogue): ReadTurn[] {
  return agentTurns.filter(({ number }) => number > since && number <= (due ?? Infinity));
}

function isMet({ met, due }: Duty): boolean {
  return met !== undefined && met.turn <= (due ?? Infinity);
}

function doneInTime(duties: readonly Duty[], { clock }: ReadDialogue, partial: boolean): Finding {
  if (!duties.every(({ act }) => isRecorded(clock, act)))
    return abstain('It may have been done in words; only a reader can tell.');
  return partial
    ? abstain('The act was done; the rest of the criterion is not checked.')
    : pass('Done in time.');
}

function judgeUnmet(
  duty: Duty,
  dialogue: ReadDialogue,
  mode: FailureMode,
  check: DeadlineCheck,
): Finding {
  const window = windowOf(duty, dialogue);
  const due = window.at(-1);
  if (!due) return notApplicable('The agent did not speak after the cue.');
  const open = leftOpen(duty, window, dialogue, mode, check);
  if (open) return open;
  const fault = faultOf(duty, window, dialogue, check.fails);
  if (fault === undefined) return abstain('Some agent turn could hold the act in other words.');
  const decides = isRecorded(dialogue.clock, duty.act);
  if (!check.fails.includes(fault)) {
    const because = `The duty failed in another way (${fault}).`;
    if (!decides) return abstain(because);
    // The earlier of two modes of one duty holds the whole event.
    return check.fails.every((each) => FAULTS.indexOf(each) > FAULTS.indexOf(fault))
      ? notApplicable(because)
      : pass(because);
  }
  const shows = isOmission(mode) ? duty.since : due.number;
  return {
    verdict: decides ? 'fail' : 'needs-review',
    turn: due.number,
    quotes: [{ turn: shows, text: dialogue.turns[shows - 1]?.text ?? '' }],
    because: `${duty.act} was due by turn ${due.number}: ${NAMES[fault]}`,
  };
}

type DeadlineCheck = Parameters<typeof actByDeadline>[2];

/** Why an act that was not done in time is no failure for certain; undefined where it may be one. */
function leftOpen(
  { due }: Duty,
  window: readonly ReadTurn[],
  dialogue: ReadDialogue,
  { deadline = [] }: FailureMode,
  { openCall }: DeadlineCheck,
): Finding | undefined {
  const closed = closingTurn(dialogue)?.number === window.at(-1)?.number;
  if (closed && openCall) return notApplicable('The agent closed the call before it was due.');
  if (due === undefined && !closed) return abstain('The call broke off before it was due.');
  const restarts = armsOf(dialogue.clock, deadline).some(({ restartedBy }) => restartedBy);
  return restarts && window[0]?.reading.asks
    ? abstain('Whether a question restarts the count needs a reader.')
    : undefined;
}

const NAMES: Record<Fault, string> = {
  never: 'never done.',
  late: 'not done when it was due.',
  'too-low': 'done at too low a level.',
};

/** The first of never, late, too low that is sure; undefined where words could hold the act. */
function faultOf(
  { act, met }: Duty,
  window: readonly ReadTurn[],
  { clock, agentTurns }: ReadDialogue,
  fails: readonly Fault[],
): Fault | undefined {
  const cue = clock.cue?.turn.number ?? 0;
  const silent = (some: readonly ReadTurn[]) => some.every((turn) => isSilent(turn, act, clock));
  if (!silent(window)) return undefined;
  if (met) return 'late';
  const lower = actsAfter(clock, cue, act).find((done) => meets(done.act, 'SOON'));
  const due = window.at(-1)?.number ?? 0;
  // Whether it came later or never does not matter where both are this mode's failures.
  const either = fails.includes('never') && fails.includes('late');
  if (!either && !silent(agentTurns.filter(({ number }) => number > due))) return undefined;
  if (!lower || !meets(act, 'SOON')) return 'never';
  return lower.turn > due ? 'late' : 'too-low';
}
