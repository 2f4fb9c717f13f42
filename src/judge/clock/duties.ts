import { RECORDED_ACTS } from '../../taxonomy/act.js';
import type { DeadlineArm } from '../../taxonomy/deadline.js';
import { armsOf, dueTurn, rankOf, type DutyClock, type DoneAct } from './clock.js';

/** One act that was due in a dialogue, and when it was done. */
export interface Duty {
  /** The patient's turn with which it arose. */
  readonly since: number;
  readonly act: string;
  /** The agent's turn by which it was due; undefined where the agent did not speak so often. */
  readonly due: number | undefined;
  /** The first act that meets it; an agent that records its actions does what it records. */
  readonly met: DoneAct | undefined;
}

/** Whether what the agent records decides if and when the act was done. */
export function isRecorded(clock: DutyClock, act: string): boolean {
  return clock.recorded && RECORDED_ACTS.some((recorded) => recorded === act);
}

/** The acts after a turn that count as done for a duty of this kind. */
export function actsAfter({ acts, ...clock }: DutyClock, since: number, act: string): DoneAct[] {
  const by = isRecorded({ acts, ...clock }, act) ? 'action' : 'words';
  return acts.filter((done) => done.turn > since && done.by === by);
}

/** Whether an act is what is due or, between levels of care, at least as high. */
export function meets(done: string, act: string): boolean {
  return rankOf(act) < 0 ? done === act : rankOf(done) >= rankOf(act);
}

/**
 * What is due since the cue: the act, or at `case-level` every level that the case asks for above
 * ROUTINE, in the order of the turns. Empty where cue or level are not known.
 */
export function dutiesOf(
  clock: DutyClock,
  act: string,
  deadline: readonly DeadlineArm[] | undefined,
): Duty[] {
  const cue = clock.cue?.turn.number;
  if (cue === undefined) return [];
  const due = act === 'case-level' ? clock.levels : [{ since: cue, act }];
  return due
    .filter((each) => act !== 'case-level' || rankOf(each.act) >= rankOf('SOON'))
    .map((each) => ({
      ...each,
      due: dueTurn(clock, deadline, each.since),
      met: actsAfter(clock, cue, each.act).find((done) => meets(done.act, each.act)),
    }));
}

/**
 * Agent turns within which an act is due, endless for what is due by the close; undefined where the
 * arms that can hold differ.
 */
export function turnsAllowed(
  clock: DutyClock,
  deadline: readonly DeadlineArm[] | undefined,
): number | undefined {
  const within = armsOf(clock, deadline ?? []).map(({ due }) => {
    if (due.kind === 'agent-turns') return due.within;
    return due.kind === 'end' ? Infinity : undefined;
  });
  return within.every((each) => each === within[0]) ? within[0] : undefined;
}
