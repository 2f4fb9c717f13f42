import type { ReactionLine } from '../../../scenarios/scenario.js';
import { askingClauses, invitesAgreement, offers, sentencesOf } from '../ear/asking-clauses.js';
import { isConditional } from './commit.js';
import type { Disclosure, Moment, Script } from './disclosure.js';
import { holdsOneOf } from './premise.js';
import { acknowledges, asksOfCallBack, settles, takesOver, takesUp } from './taking-up.js';

/** What the patient adds to its answer once the trigger is out. */
export interface Reaction {
  readonly line: string | undefined;
  readonly disclosure: Disclosure;
  /** The patient hangs up with this line. */
  readonly leaves: boolean;
}

/** How many agent turns after the trigger still count as passing it over. */
const PATIENCE = 3;

/** Yields when the agent escalates, hands over or presses advice; protests while passed over. */
export function react(script: Script, told: Disclosure, moment: Moment): Reaction {
  const { acts } = moment.heard;
  if (told.triggerTurn === undefined) return silent({ ...told, taken: isTaken(told, moment) });
  const settled = isTaken(told, moment) || settles(script, moment);
  const disclosure = { ...told, taken: settled || takesUp(script, moment) };
  const presses = acts.includes('advises') && !settled;
  const puts = (presses || acts.includes('offers')) && !asksOfCallBack(moment);
  if (takesOver(moment) || puts) {
    return yieldTo(script, disclosure, moment) ?? silent(disclosure);
  }
  const agentTurnsSince = (moment.turn - told.triggerTurn) / 2;
  const passedOver =
    !disclosure.taken && !acknowledges(script, moment) && agentTurnsSince <= PATIENCE;
  return (passedOver ? insist(script, disclosure, moment) : undefined) ?? silent(disclosure);
}

function silent(disclosure: Disclosure): Reaction {
  return { line: undefined, disclosure, leaves: false };
}

function isTaken({ taken }: Disclosure, moment: Moment): boolean {
  return taken || takesOver(moment);
}

/** The first time it is pressed a patient answers that; later mostly not. */
function yieldTo(script: Script, told: Disclosure, moment: Moment): Reaction | undefined {
  const { pushed } = script.scenario.reactions;
  const [line] = fitting(pushed, script, told, putTo(moment.agentText));
  const again = pushed.some(({ says }) => told.reacted.includes(says));
  if (line === undefined || (again && script.random.chance(0.85))) return undefined;
  return { line, disclosure: { ...told, reacted: [...told.reacted, line] }, leaves: false };
}

/** Says the next of its protests; who means to hang up says them all, and goes with the last. */
function insist(script: Script, told: Disclosure, moment: Moment): Reaction | undefined {
  const { ignored, leavesWhenIgnored } = script.scenario.reactions;
  const [line, ...others] = fitting(ignored, script, told, () => moment.agentText);
  const again = ignored.some(({ says }) => told.reacted.includes(says));
  const letsGo = !leavesWhenIgnored && again && script.random.chance(0.6);
  if (line === undefined || letsGo) return undefined;
  const disclosure = { ...told, reacted: [...told.reacted, line] };
  return { line, disclosure, leaves: leavesWhenIgnored && others.length === 0 };
}

/**
 * What a reaction can answer: what is said or offered, not what is only asked about; what is meant for a
 * case that may come ("if it returns, ring 999") only where the reaction speaks of one.
 */
function putTo(agentText: string): (says: string) => string {
  const said = sentencesOf(agentText).filter((sentence) =>
    askingClauses(sentence).every(({ text }) => invitesAgreement(text) || offers(text)),
  );
  const now = said.filter((sentence) => !isConditional(sentence));
  return (says) => (isConditional(says) ? said : now).join(' ');
}

/** Those that were not said and whose premise holds, in their order: a missing one costs least. */
function fitting(
  lines: readonly ReactionLine[],
  { wording }: Script,
  { reacted }: Disclosure,
  textFor: (says: string) => string,
): string[] {
  return lines
    .filter(
      ({ says, wordings = [wording], after, unless = [] }) =>
        !reacted.includes(says) &&
        wordings.includes(wording) &&
        (after === undefined || holdsOneOf(textFor(says), after)) &&
        !holdsOneOf(textFor(says), unless),
    )
    .map(({ says }) => says);
}
