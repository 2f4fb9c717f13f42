import type { Heard } from '../ear/ear.js';
import type { Direction } from '../patient.js';
import { askingClauses, invitesAgreement, offers } from '../ear/asking-clauses.js';
import { answer } from './answer.js';
import { asksHelp } from './answer-help.js';
import { isAnyAgreement } from '../ear/topics.js';
import {
  directed,
  tell,
  type Directed,
  type Disclosure,
  type Moment,
  type Script,
} from './disclosure.js';
import { lineOf } from './fact-lines.js';
import { askedOf, playedTo } from './premise.js';
import { react } from './react.js';
import {
  answersTopic,
  firstVersion,
  mayAnswerByTrigger,
  triggerLine,
  waitsToBeAsked,
} from './trigger-matter.js';

/**
 * Decides what the patient tells in this turn: a pure rule over the ledger, no prompt. What was asked
 * is answered first; then comes the trigger where it is due, or a protest where it was passed over.
 */
export function direct(written: Script, told: Disclosure, spoken: Moment): Directed {
  const script = playedTo(written, told, spoken);
  const moment = askedOf(written, spoken);
  const { heard } = moment;
  if (isTriggerDue(script, told, moment)) return withTrigger(script, told, moment);
  if (heard.acts.includes('says-goodbye') && heard.form === undefined) {
    return directed('farewell', told);
  }
  return withReaction(script, told, moment);
}

/**
 * Due where what it answers is asked, and by its turn. Where nobody asks it comes after the answer to
 * something else, yet not while the patient says who it is; what is not understood leads nowhere.
 */
function isTriggerDue(script: Script, told: Disclosure, { heard, turn }: Moment): boolean {
  const { trigger } = script.scenario;
  if (told.triggerTurn !== undefined || turn < trigger.earliestTurn) return false;
  if (turn >= trigger.byTurn) return true;
  if (!heard.understood) return false;
  if (asksForTrigger(script, told, heard)) return true;
  if (heard.acts.includes('asks-identity')) return false;
  if (heard.acts.includes('asks-for-more')) return mayAnswerByTrigger(script, told);
  if (waitsToBeAsked(script, told)) return false;
  return turn >= script.triggerTurn || heard.acts.includes('asks-openly');
}

function asksForTrigger(script: Script, told: Disclosure, { acts, topics }: Heard): boolean {
  return (
    !acts.includes('asks-identity') &&
    topics.some((topic) => answersTopic(script, topic)) &&
    mayAnswerByTrigger(script, told)
  );
}

function withTrigger(script: Script, told: Disclosure, moment: Moment): Directed {
  const { heard, turn } = moment;
  const line = triggerLine(script);
  const out = (disclosure: Disclosure) => ({ ...disclosure, triggerTurn: turn, triggerSaid: line });
  const leadsTo = asksForTrigger(script, told, heard) || asksAnything(heard);
  const asksElse = heard.form !== undefined && !leadsTo;
  if (!asksElse || isAlone(script) || !heard.understood) {
    const missed = { turn, outcome: heard.understood ? 'not-answered' : 'not-understood' } as const;
    const mishearings = asksElse ? [...told.mishearings, missed] : told.mishearings;
    const first = withFirstVersion(script, directed('trigger', { ...told, mishearings }), turn);
    return directed('trigger', out(first.disclosure), [...first.direction.lines, line]);
  }
  const answered = withFirstVersion(script, answer(script, told, moment), turn);
  const { kind, lines } = answered.direction;
  return directed(kind === 'facts' ? 'trigger' : kind, out(answered.disclosure), [...lines, line]);
}

/** How it has been, not more of what was said. */
function asksAnything({ acts }: Heard): boolean {
  return acts.includes('asks-openly') && !acts.includes('asks-about-that');
}

function isAlone({ scenario: { trigger }, wording }: Script): boolean {
  return trigger.alone || trigger.wordings[wording].alone;
}

/** What will be taken back is said before, also where nobody asked for it. */
function withFirstVersion(script: Script, answered: Directed, turn: number): Directed {
  const { direction, disclosure } = answered;
  const fact = firstVersion(script, disclosure, turn);
  if (!fact) return answered;
  const line = lineOf(fact, script);
  return {
    direction: { ...direction, lines: [...direction.lines, line] },
    disclosure: tell(fact, line, disclosure, turn),
  };
}

/** The turn before the trigger must come a patient comes to its matter by itself. */
function comesToIt(script: Script, { heard, turn }: Moment, { kind }: Direction): boolean {
  const settled = kind === 'facts' || kind === 'acknowledgement' || kind === 'denial';
  return turn >= script.scenario.trigger.byTurn - 2 && heard.form !== undefined && settled;
}

/** Small talk that a reaction stands in place of: "That's the lot" is followed by nothing. */
const SILENCED: readonly Direction['kind'][] = ['agreement', 'either', 'nothing-more', 'read-back'];

function answerBeforeTrigger(script: Script, told: Disclosure, moment: Moment): Directed {
  const answered = answer(script, told, moment);
  const comes = told.triggerTurn === undefined && comesToIt(script, moment, answered.direction);
  return comes ? withFirstVersion(script, answered, moment.turn) : answered;
}

/** A commitment is an answer to pressure in itself; who asks back does not protest as well. */
function withReaction(script: Script, told: Disclosure, moment: Moment): Directed {
  const answered = answerBeforeTrigger(script, told, moment);
  const { kind, lines } = answered.direction;
  const { line, disclosure, leaves } = react(script, answered.disclosure, moment);
  const commits = kind === 'facts' && answered.disclosure.asked.length > told.asked.length;
  if (line === undefined || commits || !leavesRoom(kind, moment)) {
    const { taken } = disclosure;
    return { ...answered, disclosure: { ...answered.disclosure, taken } };
  }
  if (leaves)
    return { direction: { kind: 'farewell', lines: [...lines, line], leaves }, disclosure };
  const own = isOffered(moment) ? [] : lines;
  const silenced = SILENCED.includes(kind) || (kind === 'unknown' && asksToAgree(moment));
  return directed(silenced ? 'acknowledgement' : kind, disclosure, [...own, line]);
}

/** "I don't know" is no answer to what somebody is asked to do: what it says to that is. */
function asksToAgree({ agentText }: Moment): boolean {
  return askingClauses(agentText).every(({ text }) => invitesAgreement(text) || offers(text));
}

/** Nothing but an offer is there to be answered: a reaction to it is the answer. */
function isOffered(moment: Moment): boolean {
  const { acts, topics } = moment.heard;
  return acts.includes('offers') && topics.every(isAnyAgreement) && !asksHelp(moment);
}

function leavesRoom(kind: Direction['kind'], { heard }: Moment): boolean {
  const { acts } = heard;
  if (acts.includes('asks-which')) return false;
  const commits = acts.includes('asks-commitment') && kind === 'facts';
  return !commits && kind !== 'asking-back' && kind !== 'not-following';
}
