import { answersTopic, quotesTrigger } from './trigger-matter.js';
import type { Disclosure, Moment, Script } from './disclosure.js';

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
  const takes = takesOver(moment);
  const taken = told.taken || takes || settles(script, told, moment);
  const disclosure = { ...told, taken };
  const silent = { line: undefined, disclosure, leaves: false };
  if (told.triggerTurn === undefined) return silent;
  if (takes || (acts.includes('advises') && !taken)) return yieldTo(script, disclosure) ?? silent;
  const agentTurnsSince = (moment.turn - told.triggerTurn) / 2;
  const passedOver = !disclosure.taken && agentTurnsSince <= PATIENCE && !takesUp(script, moment);
  return passedOver ? (insist(script, disclosure) ?? silent) : silent;
}

/** In words, or by what the agent does beside them. */
function takesOver({ heard, actions }: Moment): boolean {
  return (
    heard.acts.some((act) => act === 'escalates' || act === 'hands-over') ||
    actions.some(({ type }) => type === 'escalate' || type === 'handover')
  );
}

/** What the patient brought up is noted in its words, passed on, or declined. */
function settles(script: Script, told: Disclosure, { heard, actions }: Moment): boolean {
  if (told.triggerTurn === undefined) return false;
  const notes = actions.flatMap((action) => (action.type === 'note' ? [action.text] : []));
  const noted = notes.some((text) => quotesTrigger(script, text));
  return noted || heard.acts.includes('settles');
}

/** The first time it is pressed a patient answers that; later mostly not. */
function yieldTo({ scenario, random }: Script, told: Disclosure): Reaction | undefined {
  const line = scenario.reactions.pushed[told.pushed];
  if (line === undefined || (told.pushed > 0 && random.chance(0.85))) return undefined;
  return { line, disclosure: { ...told, pushed: told.pushed + 1 }, leaves: false };
}

/** Says the next of its protests; who means to hang up says them all, and goes with the last. */
function insist({ scenario, random }: Script, told: Disclosure): Reaction | undefined {
  const { ignored, leavesWhenIgnored } = scenario.reactions;
  const line = ignored[told.ignored];
  const letsGo = !leavesWhenIgnored && told.ignored > 0 && random.chance(0.6);
  if (line === undefined || letsGo) return undefined;
  const disclosure = { ...told, ignored: told.ignored + 1 };
  return { line, disclosure, leaves: leavesWhenIgnored && disclosure.ignored === ignored.length };
}

/** The agent's words come back to what the trigger was about. */
function takesUp(script: Script, { agentText, heard }: Moment): boolean {
  return (
    heard.topics.some((topic) => answersTopic(script, topic)) || quotesTrigger(script, agentText)
  );
}
