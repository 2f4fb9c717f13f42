import { levelRank, type Act } from '../../taxonomy/act.js';
import {
  abstain,
  notApplicable,
  pass,
  type CheckOf,
  type Finding,
  type ReadDialogue,
  type ReadTurn,
} from './check.js';
import { agentTurnsAllowed } from './agent-turns-allowed.js';
import { findCue, type Cue } from './find-cue.js';

type Fault = 'never' | 'late' | 'too-low';

/**
 * An act is due within so many agent turns of the patient's cue. One duty fails in one way: never,
 * late or too low (domain brief, section 5). An absence counts only where every agent turn of the
 * time in question was read as something else.
 */
export const actByDeadline: CheckOf<'act-by-deadline'> = (dialogue, mode, check) => {
  const { caseFile } = dialogue;
  if (!caseFile) return abstain('Without a case file the right level is not known.');
  const required = check.act === 'case-level' ? caseFile.rightLevel.act : check.act;
  const needed = rankOf(required);
  const isLevel = needed >= rankOf('ROUTINE');
  if (isLevel && needed < rankOf('SOON'))
    return notApplicable('The case file asks for no escalation.');
  const cue = findCue(dialogue);
  if (!cue) return abstain('The cue of the case file was not found in the patient’s words.');
  const within = agentTurnsAllowed(mode, cue, caseFile);
  if (within === undefined) return abstain('No deadline in agent turns holds for this case.');
  const after = dialogue.agentTurns.filter((turn) => turn.number > cue.turn.number);
  const finding = judgeCourse(courseOf(after, within, required), check.fails, cue, dialogue);
  return check.partial && finding.verdict === 'pass'
    ? abstain('The act was done; the rest of the criterion is not checked.')
    : finding;
};

/** A call-back by a person on the same day ranks with a same-day clinician. */
function rankOf(act: string): number {
  return act === 'HANDOVER' ? levelRank('URGENT') : levelRank(act as Act);
}

/** What the agent did after the cue, as far as it could be read. */
interface Course {
  readonly due: ReadTurn | undefined;
  /** Whether the time allowed was over, by turns or because the agent closed. */
  readonly expired: boolean;
  readonly firstEnough: number | undefined;
  readonly firstAny: number | undefined;
  readonly dueIndex: number;
  readonly readUntilDue: boolean;
  readonly readThroughout: boolean;
}

function courseOf(after: readonly ReadTurn[], within: number, required: string): Course {
  const first = (meets: (act: Act) => boolean) => {
    const index = after.findIndex(({ reading }) => reading.acts.some(({ act }) => meets(act)));
    return index < 0 ? undefined : index;
  };
  const needed = rankOf(required);
  const inTime = after.slice(0, within);
  const due = inTime.at(-1);
  const closed = due?.reading.acts.some(({ act }) => act === 'close') ?? false;
  return {
    due,
    expired: inTime.length === within || closed,
    // An act that is no level of care is met by itself alone.
    firstEnough: first((act) => (needed < 0 ? act === required : rankOf(act) >= needed)),
    firstAny: first((act) => (needed < 0 ? act === required : rankOf(act) >= rankOf('SOON'))),
    dueIndex: within - 1,
    readUntilDue: inTime.every((turn) => turn.reading.read),
    readThroughout: after.every((turn) => turn.reading.read),
  };
}

function judgeCourse(
  course: Course,
  fails: readonly Fault[],
  cue: Cue,
  { turns }: ReadDialogue,
): Finding {
  const { due, firstEnough, dueIndex } = course;
  if (!due) return notApplicable('The agent did not speak after the cue.');
  if (firstEnough !== undefined && firstEnough <= dueIndex) return pass('Done in time.');
  if (!course.expired) return abstain('The call broke off before the act was due.');
  const fault = faultOf(course) ?? eitherFault(course, fails);
  if (fault === undefined) return abstain('Some agent turn could hold the act in other words.');
  if (!fails.includes(fault)) return pass(`The duty failed in another way (${fault}).`);
  const text = turns[cue.turn.number - 1]?.text ?? '';
  return {
    verdict: 'fail',
    turn: due.number,
    quotes: [{ turn: cue.turn.number, text }],
    because: {
      never: 'Never done.',
      late: 'Not done when it was due.',
      'too-low': 'Done at too low a level.',
    }[fault],
  };
}

/** Not done in time for certain, whether it came later or never: enough where both are failures. */
function eitherFault(
  { firstAny, dueIndex, readUntilDue }: Course,
  fails: readonly Fault[],
): Fault | undefined {
  const notInTime = readUntilDue && (firstAny === undefined || firstAny > dueIndex);
  return notInTime && fails.includes('never') && fails.includes('late') ? 'late' : undefined;
}

/** The first of never, late, too low that the reading proves; undefined where it proves none. */
function faultOf({
  firstEnough,
  firstAny,
  dueIndex,
  readUntilDue,
  readThroughout,
}: Course): Fault | undefined {
  if (firstEnough !== undefined) return readUntilDue ? 'late' : undefined;
  if (!readThroughout) return undefined;
  if (firstAny === undefined) return 'never';
  return firstAny > dueIndex ? 'late' : 'too-low';
}
