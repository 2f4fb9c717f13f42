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

function lineOfCommitment(
  { says, then, stance }: Scenario['commitments'][number],
  again: boolean,
): string {
  return again && stance === 'hesitates' ? (then ?? says) : says;
}
