import type { Scenario } from '../../../scenarios/scenario.js';
import { stemsOf } from '../../../transcript/spoken.js';
import { askingClauses, invitesAgreement } from '../ear/asking-clauses.js';
import {
  directed,
  type Directed,
  type Disclosure,
  type Moment,
  type Script,
} from './disclosure.js';
import { holds } from './premise.js';

type Commitment = Scenario['commitments'][number];

/** What may come of the illness, not what somebody may do: "if it returns", "should you feel worse". */
const CONDITION =
  /\b(?:if|should|in case) (?:it|that|this|these|those|you|he|she|things|anything|(?:the|your|his|her) (?!(?:nurse|doctor|team|clinic|interpreter)\b)\w+)\b(?!(?:'s| is| would be)? (?:ok|okay|all right|alright|fine|easier|can|could|have|like|want|would|wish|prefer|agree|rings?|calls?|phones?)\b)/i;

/** Asked which of two is liked better: a bare agreement says neither. */
const PREFERENCE = /\b(?:rather|prefer|sooner)\b.*\bor\b/i;

/** Whether words speak of a case that may come. */
export function isConditional(text: string): boolean {
  return CONDITION.test(text);
}

/**
 * As the scenario says; where it says nothing of this, as such a patient would. What is asked for a case
 * that may come is not answered by what the patient does now.
 */
export function agree(
  id: string,
  { scenario }: Script,
  told: Disclosure,
  agentText: string,
): Directed {
  const commitment = scenario.commitments[Number(id) - 1];
  if (!commitment || !fits(commitment, agentText)) {
    const kind = PREFERENCE.test(agentText) ? 'either' : 'agreement';
    return directed(kind, { ...told, asked: [...told.asked, '0'] });
  }
  const disclosure = { ...told, asked: [...told.asked, id] };
  const again = told.asked.includes(id);
  return directed('facts', disclosure, [lineOfCommitment(commitment, again, agentText)]);
}

/** What the turn offers stands in another sentence than "Shall I put that down?": found by two words in common. */
export function answerOffer(script: Script, told: Disclosure, { agentText }: Moment): Directed {
  const offered = stemsOf(agentText);
  const common = script.scenario.commitments.map(({ topic, asked }) => {
    const stems = stemsOf([topic, ...asked].join(' '));
    return [...stems].filter((stem) => offered.has(stem)).length;
  });
  const most = Math.max(0, ...common);
  return agree(String(most >= 2 ? common.indexOf(most) + 1 : 0), script, told, agentText);
}

/** What the caller passes on for the patient, not what the patient is asked to tell somebody. */
const PASSED_ON = /\b(?:i|me|us|we) (?:to )?pass (?:[a-z]+ ){0,3}on\b|\bbeing passed on\b/i;

/** Asked what to pass on: what the case says on that; undefined where it says nothing. */
export function answerMessage(
  script: Script,
  told: Disclosure,
  { agentText }: Moment,
): Directed | undefined {
  if (!PASSED_ON.test(agentText)) return undefined;
  const index = script.scenario.commitments.findIndex(({ topic, asked }) =>
    [topic, ...asked].some((text) => PASSED_ON.test(text)),
  );
  return index < 0 ? undefined : agree(String(index + 1), script, told, agentText);
}

/** One that is put or given for such a case fits it; a refusal fits whatever it is asked for. */
function fits({ topic, asked, says, stance }: Commitment, agentText: string): boolean {
  const invited = askingClauses(agentText).filter(({ text }) => invitesAgreement(text));
  const conditional = invited.length > 0 && invited.every(({ text }) => isConditional(text));
  return (
    !conditional ||
    stance === 'refuses' ||
    [topic, says, ...asked].some((text) => isConditional(text))
  );
}

function lineOfCommitment(commitment: Commitment, again: boolean, agentText: string): string {
  const { says, then, stance, otherwise = says } = commitment;
  if (again && stance === 'hesitates' && then !== undefined) return then;
  return holds(commitment, agentText) ? says : otherwise;
}
