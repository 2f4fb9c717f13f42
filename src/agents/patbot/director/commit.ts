import type { Scenario } from '../../../scenarios/scenario.js';
import { stemsOf } from '../../../transcript/spoken.js';
import {
  directed,
  type Directed,
  type Disclosure,
  type Moment,
  type Script,
} from './disclosure.js';

/** As the scenario says; where it says nothing of this, as such a patient would. */
export function agree(id: string, { scenario }: Script, told: Disclosure): Directed {
  const disclosure = { ...told, asked: [...told.asked, id] };
  const commitment = scenario.commitments[Number(id) - 1];
  if (!commitment) return directed('agreement', disclosure);
  const again = told.asked.includes(id);
  return directed('facts', disclosure, [lineOfCommitment(commitment, again)]);
}

/** What the turn offers stands in another sentence than "Shall I put that down?": found by two words in common. */
export function answerOffer(script: Script, told: Disclosure, { agentText }: Moment): Directed {
  const offered = stemsOf(agentText);
  const common = script.scenario.commitments.map(({ topic, asked }) => {
    const stems = stemsOf([topic, ...asked].join(' '));
    return [...stems].filter((stem) => offered.has(stem)).length;
  });
  const most = Math.max(0, ...common);
  return agree(String(most >= 2 ? common.indexOf(most) + 1 : 0), script, told);
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
  return index < 0 ? undefined : agree(String(index + 1), script, told);
}

function lineOfCommitment(
  { says, then, stance }: Scenario['commitments'][number],
  again: boolean,
): string {
  return again && stance === 'hesitates' ? (then ?? says) : says;
}
