import type { Heard } from '../ear/ear.js';
import type { Topic } from '../ear/topics.js';
import type { Direction } from '../patient.js';
import type { Persona } from '../persona.js';
import type { Random } from '../../../determinism.js';
import type { Fact, Scenario, Wording } from '../../../scenarios/scenario.js';
import { spokenShare, wordsOf } from '../../../transcript/spoken.js';

/** What the director plays: the scenario in one wording, to one persona's habits of telling. */
export interface Script {
  readonly scenario: Scenario;
  readonly wording: Wording;
  readonly persona: Persona;
  /** The patient turn at which the trigger comes if nothing brings it up earlier. */
  readonly triggerTurn: number;
  readonly random: Random;
}

/** A fact that was told, with the patient turn in which it was. */
export interface Release {
  readonly fact: string;
  readonly turn: number;
}

/** What has been told so far. */
export interface Disclosure {
  readonly released: readonly Release[];
  readonly triggerTurn: number | undefined;
  readonly ignored: number;
  readonly pushed: number;
  readonly deflected: boolean;
}

export const NOTHING_TOLD: Disclosure = {
  released: [],
  triggerTurn: undefined,
  ignored: 0,
  pushed: 0,
  deflected: false,
};

/** The agent's words as the patient heard them, with the patient turn that answers them. */
export interface Moment {
  readonly heard: Heard;
  readonly agentText: string;
  readonly turn: number;
}

export interface Directed {
  readonly direction: Direction;
  readonly disclosure: Disclosure;
}

/** How many agent turns after the trigger still count as passing it over. */
const PATIENCE = 3;

/**
 * Decides what the patient tells in this turn: a pure rule over the ledger, no prompt. The trigger
 * comes when it is asked for or due; facts come by their release rule, never before their turn.
 */
export function direct(script: Script, told: Disclosure, moment: Moment): Directed {
  if (isTriggerDue(script, told, moment)) return speakTrigger(script, told, moment);
  if (moment.heard.acts.includes('says-goodbye') && moment.heard.form === undefined) {
    return { direction: { kind: 'farewell', lines: [], leaves: false }, disclosure: told };
  }
  const reaction = react(script, told, moment);
  if (reaction.direction.leaves) return reaction;
  return answer(script, reaction.disclosure, moment, reaction.direction.lines);
}

function isTriggerDue(script: Script, told: Disclosure, { heard, turn }: Moment): boolean {
  const { trigger } = script.scenario;
  if (told.triggerTurn !== undefined || turn < trigger.earliestTurn) return false;
  if (turn >= script.triggerTurn) return true;
  return heard.acts.includes('asks-openly') || asksFor('trigger', heard);
}

function speakTrigger(script: Script, told: Disclosure, { turn }: Moment): Directed {
  const line = script.scenario.trigger.wordings[script.wording].text;
  return {
    direction: { kind: 'trigger', lines: [line], leaves: false },
    disclosure: { ...told, triggerTurn: turn },
  };
}

/** What the patient adds once the trigger is out: insists when passed over, yields when pressed. */
function react(script: Script, told: Disclosure, moment: Moment): Directed {
  const nothing = { direction: acknowledge([]), disclosure: told };
  if (told.triggerTurn === undefined) return nothing;
  if (moment.heard.acts.includes('escalates')) return yieldToPressure(script, told) ?? nothing;
  const agentTurnsSince = (moment.turn - told.triggerTurn) / 2;
  if (agentTurnsSince > PATIENCE || takesUp(script, moment)) return nothing;
  return insist(script, told) ?? nothing;
}

/** The first time it is pressed a patient answers that; later mostly not. */
function yieldToPressure({ scenario, random }: Script, told: Disclosure): Directed | undefined {
  const line = scenario.reactions.pushed[told.pushed];
  if (line === undefined || (told.pushed > 0 && random.chance(0.85))) return undefined;
  return { direction: acknowledge([line]), disclosure: { ...told, pushed: told.pushed + 1 } };
}

/** Says the next of its protests; who means to hang up says them all, and goes with the last. */
function insist({ scenario, random }: Script, told: Disclosure): Directed | undefined {
  const { ignored, leavesWhenIgnored } = scenario.reactions;
  const line = ignored[told.ignored];
  const letsGo = !leavesWhenIgnored && told.ignored > 0 && random.chance(0.6);
  if (line === undefined || letsGo) return undefined;
  const disclosure = { ...told, ignored: told.ignored + 1 };
  const leaves = leavesWhenIgnored && disclosure.ignored === ignored.length;
  const direction = leaves
    ? ({ kind: 'farewell', lines: [line], leaves: true } as const)
    : acknowledge([line]);
  return { direction, disclosure };
}

function acknowledge(lines: readonly string[]): Direction {
  return { kind: 'acknowledgement', lines, leaves: false };
}

/** The agent's words come back to what the trigger was about. */
function takesUp({ scenario, wording }: Script, { agentText, heard }: Moment): boolean {
  const { trigger } = scenario;
  return asksFor('trigger', heard) || spokenShare(trigger.wordings[wording].text, agentText) > 0.25;
}

function answer(
  script: Script,
  told: Disclosure,
  moment: Moment,
  reaction: readonly string[],
): Directed {
  const { heard, turn } = moment;
  if (heard.acts.includes('asks-identity')) {
    return { direction: { kind: 'identity', lines: reaction, leaves: false }, disclosure: told };
  }
  // Passed over, a patient insists at least as often as it answers.
  const insists = reaction.length > 0 && script.random.chance(0.6);
  const asked = insists ? [] : askedFacts(script, told, moment);
  if (asked.length > 0 && deflects(script, told, asked)) {
    return {
      direction: { kind: 'deflection', lines: reaction, leaves: false },
      disclosure: { ...told, deflected: true },
    };
  }
  const facts = asked.length > 0 ? asked : volunteeredFacts(script, told, moment);
  const lines = [...facts.map((fact) => wordingOf(fact, script)), ...reaction];
  const released = [...told.released, ...facts.map((fact) => ({ fact: fact.id, turn }))];
  const empty =
    heard.form !== undefined && !heard.acts.includes('asks-openly') ? 'denial' : 'acknowledgement';
  const kind = facts.length > 0 ? 'facts' : reaction.length > 0 ? 'acknowledgement' : empty;
  return { direction: { kind, lines, leaves: false }, disclosure: { ...told, released } };
}

/**
 * People mostly say it the short way, and often stop after a first "Yes, green."; who likes to talk
 * does not. What is a red flag is said whole.
 */
function wordingOf({ text, alternative, redFlag }: Fact, { persona, random }: Script): string {
  const talks = persona.personality === 'verbose';
  const wordings = [text, alternative ?? text].sort((a, b) => a.length - b.length);
  const [short = text, long = text] = wordings;
  const line = random.chance(talks ? 0.3 : 0.75) ? short : long;
  const [first = line] = line.split(/(?<=[.!]) /);
  const stops = !redFlag && wordsOf(first).length <= 3 && random.chance(talks ? 0.1 : 0.9);
  return stops ? first : line;
}

/** An evasive patient turns one question aside, once a call; asked again, it tells. */
function deflects({ persona, random }: Script, told: Disclosure, facts: readonly Fact[]): boolean {
  const shy = facts.some((fact) => !fact.redFlag);
  return persona.disclosure === 'evasive' && !told.deflected && shy && random.chance(0.4);
}

function untold(script: Script, told: Disclosure, turn: number): Fact[] {
  const gone = new Set(told.released.map((release) => release.fact));
  return script.scenario.ledger.filter(
    (fact) => fact.release !== 'never' && !gone.has(fact.id) && fact.earliestTurn <= turn,
  );
}

/** The facts that the agent's question reaches: by their own words, else by an open question. */
function askedFacts(script: Script, told: Disclosure, { heard, turn }: Moment): Fact[] {
  if (heard.form === undefined) return [];
  const open = untold(script, told, turn);
  const best = heard.topics
    .filter(({ kind }) => kind === 'fact')
    .flatMap(({ id }) => open.filter((fact) => fact.id === id))[0];
  if (best) return [best];
  if (!heard.acts.includes('asks-openly')) return [];
  const generous = script.persona.personality === 'verbose' ? 2 : 1;
  return open.filter((fact) => fact.release !== 'asked directly').slice(0, generous);
}

function asksFor(kind: Topic['kind'], { topics }: Heard): boolean {
  return topics.some((topic) => topic.kind === kind);
}

function volunteeredFacts(script: Script, told: Disclosure, { heard, turn }: Moment): Fact[] {
  if (heard.acts.includes('asks-identity')) return [];
  const chance = { open: 0.5, guarded: 0.2, evasive: 0.15 }[script.persona.disclosure];
  const [next] = untold(script, told, turn).filter((fact) => fact.release === 'volunteered');
  return next && script.random.chance(chance) ? [next] : [];
}
