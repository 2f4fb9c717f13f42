import type { Agent } from '../agent.js';
import { caseNow } from './case-now.js';
import { drawFaults, realisedFaults } from './faults.js';
import { askedPlainly } from './plain-language.js';
import { hasPlace } from './plan-handling.js';
import { ReferenceCall } from './reference-call.js';
import type { ReferenceAgentData, ReferenceData, UtteranceBank } from './reference-data.js';

/**
 * A scripted agent that knows the scenario: a reference instrument for trying the product and for
 * testing judges. It goes through the task's items and handles the cue as its data say, faults
 * included. Its log, not its plan, tells which faults took effect.
 */
export function referenceAgent(
  { faults }: ReferenceAgentData,
  bank: UtteranceBank,
  { rules, glosses }: Pick<ReferenceData, 'rules' | 'glosses'>,
): Agent {
  return {
    history: 'seeded',
    open: ({ scenario, random }) => {
      const whole = caseNow(scenario, { wording: 'explicit', facts: new Set() });
      const drawn = drawFaults(faults, scenario, random).filter((fault) =>
        hasPlace(fault, whole, rules.handling),
      );
      const call = new ReferenceCall({
        scenario: askedPlainly(scenario, glosses),
        faults: drawn,
        bank,
        rules,
        random,
      });
      return {
        reply: (turns) => Promise.resolve(call.reply(turns)),
        faults: () => {
          const realised = realisedFaults(drawn, call.log());
          return { realised, unrealised: drawn.length - realised.length };
        },
      };
    },
  };
}
