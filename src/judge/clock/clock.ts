import type { CaseFile } from '../../scenarios/case-file.js';
import { levelRank, type Act, type EmergencyMode } from '../../taxonomy/act.js';
import type { DeadlineArm } from '../../taxonomy/deadline.js';
import { SPOKEN, spokenShare } from '../../transcript/spoken.js';
import type { NumberedTurn } from '../../transcript/transcript.js';
import type { ReadTurn } from '../reading/turn-reader.js';
import { findCue, type Cue } from './find-cue.js';

/** An act that the agent did, by a recorded action or, as far as its words were read, in words. */
export interface DoneAct {
  readonly turn: number;
  readonly act: Act;
  readonly mode: EmergencyMode | undefined;
  readonly by: 'action' | 'words';
}

/** The level of care that is right from a turn of the patient's on. */
export interface DueLevel {
  readonly since: number;
  readonly act: string;
}

/** Time in one dialogue, from case file and turns: what was due since when, and what was done when. */
export interface DutyClock {
  /** Undefined without a case file, or where no turn of the patient's is its cue. */
  readonly cue: Cue | undefined;
  /**
   * The right level since the cue, then each higher one that a fact told later asks for; empty where
   * the cue is not known, or its wording cannot be told and the wordings need different levels.
   */
  readonly levels: readonly DueLevel[];
  /** Conditions of the case that hold for certain, and those that may, by the wording of the cue. */
  readonly holds: ReadonlySet<string>;
  readonly mayHold: ReadonlySet<string>;
  readonly hasCase: boolean;
  /** Numbers of the agent's turns, from the first. */
  readonly agentTurns: readonly number[];
  readonly acts: readonly DoneAct[];
  /** Whether the agent records what it does. */
  readonly recorded: boolean;
}

export function clockOf(
  turns: readonly NumberedTurn[],
  agentTurns: readonly ReadTurn[],
  caseFile: CaseFile | undefined,
): DutyClock {
  const cue = findCue(turns, caseFile);
  const wordings = cue?.wordings ?? caseFile?.cue ?? [];
  const conditions = wordings.map(
    (wording) => new Set([...wording.conditions, ...(wording.ambiguous ? ['cue-ambiguous'] : [])]),
  );
  const all = new Set(conditions.flatMap((some) => [...some]));
  return {
    cue,
    levels: cue && caseFile ? levelsSince(cue, turns, caseFile) : [],
    holds: new Set([...all].filter((one) => conditions.every((some) => some.has(one)))),
    mayHold: all,
    hasCase: caseFile !== undefined,
    agentTurns: agentTurns.map(({ number }) => number),
    acts: agentTurns.flatMap(actsOf),
    recorded: agentTurns.some(({ actions = [] }) => actions.length > 0),
  };
}

function levelsSince(
  { turn, wordings }: Cue,
  turns: readonly NumberedTurn[],
  { facts }: CaseFile,
): DueLevel[] {
  const [first] = wordings;
  if (!first || wordings.some(({ level }) => level.act !== first.level.act)) return [];
  const levels: DueLevel[] = [{ since: turn.number, act: first.level.act }];
  for (const { number, role, text } of turns.slice(turn.number)) {
    if (role !== 'patient') continue;
    const told = facts.filter(({ wordings: texts }) =>
      texts.some((wording) => spokenShare(text, wording) >= SPOKEN),
    );
    for (const { level } of told) {
      const highest = levels.at(-1)?.act ?? 'none';
      if (level && rankOf(level.act) > rankOf(highest))
        levels.push({ since: number, act: level.act });
    }
  }
  return levels;
}

/** Rank of a level, -1 for what is none; a person the same day ranks with a same-day clinician. */
export function rankOf(act: string): number {
  return levelRank((act === 'HANDOVER' ? 'URGENT' : act) as Act);
}

function actsOf({ number, actions = [], reading }: ReadTurn): DoneAct[] {
  const recorded = actions.map((action): Omit<DoneAct, 'turn' | 'by'> => {
    switch (action.type) {
      case 'escalate':
        return { act: action.act, mode: action.mode };
      case 'handover':
        return { act: 'HANDOVER', mode: undefined };
      case 'note':
        return { act: 'LOG', mode: undefined };
      case 'end-call':
        return { act: 'close', mode: undefined };
    }
  });
  return [
    ...recorded.map((done) => ({ ...done, turn: number, by: 'action' as const })),
    ...reading.acts.map((done) => ({ ...done, turn: number, by: 'words' as const })),
  ];
}

/** The arms of a deadline of which one holds: one, unless the case leaves it open. */
export function armsOf(clock: DutyClock, arms: readonly DeadlineArm[]): readonly DeadlineArm[] {
  if (!clock.hasCase) return arms;
  const decided = arms.findIndex(({ when }) => when === undefined || clock.holds.has(when));
  const before = decided < 0 ? arms : arms.slice(0, decided);
  const open = before.filter(({ when }) => when !== undefined && clock.mayHold.has(when));
  return [...open, ...arms.slice(decided, decided < 0 ? 0 : decided + 1)];
}

/**
 * The agent's turn by which an act is due that a turn of the patient's asks for: the last that some arm
 * leaves, and for what is due by the close the agent's last. Undefined where none is counted in turns,
 * or the agent did not speak so often.
 */
export function dueTurn(
  clock: DutyClock,
  deadline: readonly DeadlineArm[] | undefined,
  since: number | undefined,
): number | undefined {
  const arms = armsOf(clock, deadline ?? []);
  if (arms.length === 0) return undefined;
  if (arms.every(isByClose)) return clock.agentTurns.at(-1);
  const within = Math.max(
    ...arms.map(({ due }) => (due.kind === 'agent-turns' ? due.within : Infinity)),
  );
  if (since === undefined) return undefined;
  return clock.agentTurns.filter((number) => number > countsFrom(clock, arms, since))[within - 1];
}

/** The turn after which turns count: the cue, or the agent's first turn where that asked what restarts it. */
export function countsFrom(clock: DutyClock, arms: readonly DeadlineArm[], since: number): number {
  const first = clock.agentTurns.find((number) => number > since);
  const restarted = clock.acts.some(
    ({ turn, act }) => turn === first && arms.some(({ restartedBy }) => restartedBy === act),
  );
  return restarted && first !== undefined ? first : since;
}

/**
 * The turn that stands for an omission, of which a reader names a turn and quotes lines: never later
 * than the deadline leaves after the last quoted line of the patient, and for what is due by the close
 * the agent's last turn.
 */
export function omissionTurn(
  clock: DutyClock,
  deadline: readonly DeadlineArm[] | undefined,
  { turn, quoted }: { readonly turn: number; readonly quoted: readonly number[] },
): number {
  const close = dueTurn(clock, deadline, undefined);
  if (close !== undefined) return close;
  const lines = quoted.filter((number) => number < turn && !clock.agentTurns.includes(number));
  const since = lines.length > 0 ? Math.max(...lines) : undefined;
  return Math.min(turn, dueTurn(clock, deadline, since) ?? turn);
}

function isByClose({ due }: DeadlineArm): boolean {
  return due.kind === 'end' || (due.kind === 'before-act' && due.act === 'close');
}
