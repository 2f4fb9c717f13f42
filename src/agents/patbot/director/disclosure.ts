import { z } from 'zod';
import type { Heard } from '../ear/ear.js';
import type { Direction } from '../patient.js';
import type { Persona } from '../persona.js';
import type { Random } from '../../../determinism.js';
import type { Action } from '../../../transcript/transcript.js';
import type { Fact, Scenario, Wording } from '../../../scenarios/scenario.js';

/** What the director plays: the scenario in one wording, to one persona's habits of telling. */
export interface Script {
  readonly scenario: Scenario;
  readonly wording: Wording;
  readonly persona: Persona;
  /** The patient turn at which the trigger comes if nothing brings it up earlier. */
  readonly triggerTurn: number;
  readonly random: Random;
}

/** A fact that was told, with the patient turn in which it was first. */
export interface Release {
  readonly fact: string;
  readonly turn: number;
}

/** A patient turn in which the agent's question was not understood, or not answered. */
export const mishearingSchema = z.object({
  turn: z.int(),
  outcome: z.enum(['not-understood', 'not-answered']),
});
export type Mishearing = Readonly<z.infer<typeof mishearingSchema>>;

/** What has been told so far. */
export interface Disclosure {
  readonly released: readonly Release[];
  /** By fact, the line in which it was last told. */
  readonly said: Readonly<Record<string, string>>;
  readonly triggerTurn: number | undefined;
  /** The words in which the trigger was said. */
  readonly triggerSaid?: string;
  /** Reactions that were said. */
  readonly reacted: readonly string[];
  readonly deflected: boolean;
  /** The agent has escalated, handed over or settled the matter: the patient protests no more. */
  readonly taken: boolean;
  /** Commitments that were asked for, by number. */
  readonly asked: readonly string[];
  readonly mishearings: readonly Mishearing[];
}

export const NOTHING_TOLD: Disclosure = {
  released: [],
  said: {},
  triggerTurn: undefined,
  reacted: [],
  deflected: false,
  taken: false,
  asked: [],
  mishearings: [],
};

/** The agent's words as the patient heard them, with the patient turn that answers them. */
export interface Moment {
  readonly heard: Heard;
  readonly actions: readonly Action[];
  readonly agentText: string;
  readonly turn: number;
}

export interface Directed {
  readonly direction: Direction;
  readonly disclosure: Disclosure;
}

export function directed(
  kind: Direction['kind'],
  disclosure: Disclosure,
  lines: readonly string[] = [],
): Directed {
  return { direction: { kind, lines, leaves: false }, disclosure };
}

/** A fact may be told now: never before its turn, some never at all. */
export function mayTell(fact: Fact, turn: number): boolean {
  return fact.release !== 'never' && fact.earliestTurn <= turn;
}

/** Facts that may be told in this turn and were not. */
export function untold(script: Script, told: Disclosure, turn: number): Fact[] {
  return script.scenario.ledger.filter(
    (fact) => mayTell(fact, turn) && told.said[fact.id] === undefined,
  );
}

/** Tells a fact in this line; once more where it was told before. */
export function tell(fact: Fact, line: string, told: Disclosure, turn: number): Disclosure {
  const known = told.said[fact.id] !== undefined;
  return {
    ...told,
    said: { ...told.said, [fact.id]: line },
    released: known ? told.released : [...told.released, { fact: fact.id, turn }],
  };
}

/** With the turns that a reader of the dialogue found unanswered, where the director knew nothing of them. */
export function withUnanswered(
  mishearings: readonly Mishearing[],
  unanswered: readonly number[],
): Mishearing[] {
  const known = new Set(mishearings.map(({ turn }) => turn));
  const found = [...new Set(unanswered)].filter((turn) => !known.has(turn));
  return [
    ...mishearings,
    ...found.map((turn): Mishearing => ({ turn, outcome: 'not-answered' })),
  ].sort((a, b) => a.turn - b.turn);
}
