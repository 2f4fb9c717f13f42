import { rankOf } from '../../judge/clock/clock.js';
import type { DutyLine } from '../../judge/verdict.js';
import {
  cumulativeIncidence,
  type CompetingTime,
  type IncidencePoint,
} from '../../statistics/cumulative-incidence.js';
import { dialogueId, type Attempt, type StoredDialogue } from '../../store/run-record.js';
import type { Ending } from '../../transcript/transcript.js';

/** How soon one agent escalated, counted in its own turns after the duty arose. */
export interface EscalationCurve {
  readonly agent: string;
  /** Dialogues in which a duty to escalate arose. */
  readonly n: number;
  readonly escalated: number;
  /** Closed or handed over by the agent before it had escalated. */
  readonly closed: number;
  readonly censored: number;
  readonly points: readonly IncidencePoint[];
  /** SCENARIO/AGENT/REPEAT: those never escalated first, then the latest. */
  readonly dialogues: readonly string[];
}

/** Endings after which the agent, by its own choice, could escalate no more; all others only cut the view off. */
const FORECLOSING: readonly Ending[] = ['agent-closed', 'handed-over'];

/** By agent, in the order of their names; none for an agent in whose dialogues no duty is known. */
export function escalationCurves(dialogues: readonly StoredDialogue[]): EscalationCurve[] {
  const agents = [...new Set(dialogues.map(({ agent }) => agent))].sort();
  return agents.flatMap((agent) => {
    const times = dialogues.flatMap((dialogue) =>
      dialogue.agent === agent ? (timeOf(dialogue) ?? []) : [],
    );
    return times.length === 0 ? [] : [curveOf(agent, times)];
  });
}

interface DialogueTime extends CompetingTime {
  readonly dialogue: string;
}

function curveOf(agent: string, times: readonly DialogueTime[]): EscalationCurve {
  const count = (end: CompetingTime['end']) => times.filter((each) => each.end === end).length;
  const slowest = [...times].sort(
    (a, b) => Number(a.end === 'event') - Number(b.end === 'event') || b.time - a.time,
  );
  return {
    ...{ agent, n: times.length, points: cumulativeIncidence(times) },
    ...{ escalated: count('event'), closed: count('competing'), censored: count('censored') },
    dialogues: slowest.map(({ dialogue }) => dialogue),
  };
}

/** Of the first duty to escalate; undefined where none arose, or the dialogue does not count. */
function timeOf(dialogue: StoredDialogue): DialogueTime | undefined {
  const { attempt, judgement } = dialogue;
  const duty = firstDuty(judgement?.duties ?? []);
  if (attempt?.standing !== 'valid' || !duty) return undefined;
  const end = duty.met !== null ? 'event' : isForeclosed(attempt) ? 'competing' : 'censored';
  const time = agentTurns(attempt, duty.since, duty.met ?? attempt.turns.length);
  return { dialogue: dialogueId(dialogue), time, end };
}

/** Of duties that arise together, the highest level. */
function firstDuty(duties: readonly DutyLine[]): DutyLine | undefined {
  return duties
    .filter(({ act }) => rankOf(act) >= rankOf('SOON'))
    .sort((a, b) => a.since - b.since || rankOf(b.act) - rankOf(a.act))[0];
}

function isForeclosed({ ending }: Attempt): boolean {
  return FORECLOSING.includes(ending);
}

/** The agent's turns after one turn, up to another and with it. */
function agentTurns({ turns }: Attempt, after: number, upTo: number): number {
  return turns.slice(after, upTo).filter(({ role }) => role === 'agent').length;
}
