import type { Direction } from '../patient.js';
import { answer } from './answer.js';
import {
  directed,
  type Directed,
  type Disclosure,
  type Moment,
  type Script,
} from './disclosure.js';
import { react } from './react.js';

/**
 * Decides what the patient tells in this turn: a pure rule over the ledger, no prompt. What was asked
 * is answered first; then comes the trigger where it is due, or a protest where it was passed over.
 */
export function direct(script: Script, told: Disclosure, moment: Moment): Directed {
  const { heard } = moment;
  if (isTriggerDue(script, told, moment)) return withTrigger(script, told, moment);
  if (heard.acts.includes('says-goodbye') && heard.form === undefined) {
    return directed('farewell', told);
  }
  return withReaction(script, told, moment);
}

/** Due by its turn, and earlier where something leads to it; what is not understood leads nowhere. */
function isTriggerDue(script: Script, told: Disclosure, { heard, turn }: Moment): boolean {
  const { trigger } = script.scenario;
  if (told.triggerTurn !== undefined || turn < trigger.earliestTurn) return false;
  if (turn >= trigger.byTurn) return true;
  return heard.understood && (turn >= script.triggerTurn || leadsToTrigger(heard));
}

function leadsToTrigger({ acts, topics }: Moment['heard']): boolean {
  return acts.includes('asks-openly') || topics.some(({ kind }) => kind === 'trigger');
}

function withTrigger(script: Script, told: Disclosure, moment: Moment): Directed {
  const { trigger } = script.scenario;
  const { heard, turn } = moment;
  const line = trigger.wordings[script.wording].text;
  const out = (disclosure: Disclosure) => ({ ...disclosure, triggerTurn: turn });
  const asksElse = heard.form !== undefined && !leadsToTrigger(heard);
  if (!asksElse || trigger.alone || !heard.understood) {
    const missed = { turn, outcome: heard.understood ? 'not-answered' : 'not-understood' } as const;
    const mishearings = asksElse ? [...told.mishearings, missed] : told.mishearings;
    return directed('trigger', out({ ...told, mishearings }), [line]);
  }
  const answered = answer(script, told, moment);
  const { kind, lines } = answered.direction;
  return directed(kind === 'facts' ? 'trigger' : kind, out(answered.disclosure), [...lines, line]);
}

/** A commitment is an answer to pressure in itself; who asks back does not protest as well. */
function withReaction(script: Script, told: Disclosure, moment: Moment): Directed {
  const answered = answer(script, told, moment);
  const { kind, lines } = answered.direction;
  const { line, disclosure, leaves } = react(script, answered.disclosure, moment);
  if (line === undefined || !leavesRoom(kind, moment)) {
    const { taken } = disclosure;
    return { ...answered, disclosure: { ...answered.disclosure, taken } };
  }
  if (leaves)
    return { direction: { kind: 'farewell', lines: [...lines, line], leaves }, disclosure };
  return directed(kind === 'agreement' ? 'acknowledgement' : kind, disclosure, [...lines, line]);
}

function leavesRoom(kind: Direction['kind'], { heard }: Moment): boolean {
  const commits = heard.acts.includes('asks-commitment') && kind === 'facts';
  return !commits && kind !== 'asking-back' && kind !== 'not-following';
}
