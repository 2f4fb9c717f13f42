import { SPOKEN, spokenShare, stemsOf } from '../../../transcript/spoken.js';
import { askingClauses, sentencesOf } from '../ear/asking-clauses.js';
import type { Act } from '../ear/ear.js';
import type { Topic } from '../ear/topics.js';
import type { Moment, Script } from './disclosure.js';
import { answersTopic, quotesTrigger } from './trigger-matter.js';

/** Only what came up in this call leads to one of these. */
const TAKING_UP: readonly Act[] = [
  'asks-which',
  'asks-about-that',
  'asks-safety',
  'asks-company',
  'asks-way',
  'offers',
  'asks-for-more',
];

/** From so many words with sense beside its questions and courtesies a turn may answer the patient. */
const STATEMENT = 4;
const COURTESIES = stemsOf(
  'okay thank thanks right next question here sorry hear help helpful noted moving carry come back list ask asking check',
);

/** On which number, or when, somebody may ring: who asks that does not go on, and presses nothing. */
const CALL_BACK =
  /\b(?:number|when|what time|(?:best|better|good|right) time|suits?)\b.*\b(?:ring|call|phone|reach|contact)\b|\b(?:ring|call|phone|reach|contact)\b.*\b(?:number|when|what time|morning|afternoon|evening|suits?)\b/i;

/** Nothing is asked but where or when the patient can be reached. */
export function asksOfCallBack({ agentText }: Pick<Moment, 'agentText'>): boolean {
  const asked = askingClauses(agentText);
  return asked.length > 0 && asked.every(({ text }) => CALL_BACK.test(text));
}

/** The agent escalates or hands over, in words or by what it does beside them. */
export function takesOver({ heard, actions }: Moment): boolean {
  return (
    heard.acts.some((act) => act === 'escalates' || act === 'hands-over') ||
    actions.some(({ type }) => type === 'escalate' || type === 'handover')
  );
}

/** What the patient brought up is noted in its words, passed on, declined, or answered from the leaflet. */
export function settles(script: Script, { heard, actions, agentText }: Moment): boolean {
  const notes = actions.flatMap((action) => (action.type === 'note' ? [action.text] : []));
  const { approvedAdvice } = script.scenario.task;
  return (
    notes.some((text) => quotesTrigger(script, text)) ||
    approvedAdvice.some((advice) => spokenShare(agentText, advice) >= SPOKEN) ||
    heard.acts.includes('settles')
  );
}

/** An apology for something, thanks for having said it, or a feeling named. */
const ACKNOWLEDGING =
  /\b(?:sorry (?:that|this|to (?:hear|learn|read)|you|for|about|it)|thank(?:s| you) (?:so much |very much )?for (?:telling|saying|letting|sharing|raising|trusting|explaining|being)|glad (?:that )?you(?:'ve| have)? (?:told|said|mentioned)|i(?:'m| am| can)? (?:hear(?:ing)?|see|understand|believe) (?:you|how|that|why)|(?:sounds?|must (?:be|have been)|that's|that is) (?:really |very |so |awfully )?(?:hard|difficult|upsetting|frightening|frustrating|worrying|distressing|awful|horrible|painful|tough|scary|sad)|right to be (?:angry|upset|cross|worried|annoyed))\b/i;

/**
 * What was brought up got a word, if no more: nobody complains then that nothing was said. Who wants to
 * stop is not answered by words.
 */
export function acknowledges({ scenario }: Script, { agentText }: Moment): boolean {
  return !scenario.reactions.leavesWhenIgnored && ACKNOWLEDGING.test(agentText);
}

/**
 * The agent may have taken up the trigger: its words come back to it, it asks what no list holds, or says
 * something. Who wants to stop is not answered by words.
 */
export function takesUp(script: Script, { agentText, heard }: Moment): boolean {
  if (heard.topics.some((topic) => answersTopic(script, topic))) return true;
  if (quotesTrigger(script, agentText) || asksOfCallBack({ agentText })) return true;
  if (script.scenario.reactions.leavesWhenIgnored) return false;
  return (
    heard.acts.some((act) => TAKING_UP.includes(act)) ||
    heard.topics.some((topic) => isOffList(script, topic)) ||
    statement(agentText).size >= STATEMENT
  );
}

/** No required item asks for it. */
function isOffList({ scenario }: Script, { kind, id }: Topic): boolean {
  if (kind === 'denies') return true;
  const fact = kind === 'fact' ? scenario.ledger.find((fact) => fact.id === id) : undefined;
  return fact?.answers.length === 0;
}

/** The words with sense of what is said and not asked. */
function statement(agentText: string): Set<string> {
  const said = sentencesOf(agentText).filter((sentence) => askingClauses(sentence).length === 0);
  return new Set([...stemsOf(said.join(' '))].filter((stem) => !COURTESIES.has(stem)));
}
