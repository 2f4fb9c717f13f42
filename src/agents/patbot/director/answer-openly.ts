import { directed, untold, type Directed, type Disclosure, type Script } from './disclosure.js';
import { byRelease, furtherFacts } from './further-facts.js';
import { tellAll } from './tell-facts.js';
import { isWeighty } from './weight.js';

/** An open question brings out what belongs to what was just said, else what need not be asked for directly; who likes to talk tells two things. */
export function answerOpenly(script: Script, told: Disclosure, turn: number): Directed {
  const generous = script.persona.personality === 'verbose' ? 2 : 1;
  const further = furtherFacts(script, told, turn);
  const others = told.triggerTurn === turn - 2 ? [] : byRelease(free(script, told, turn));
  const facts = [...new Set([...further, ...others])].slice(0, generous);
  if (facts.length === 0) return directed('nothing-more', told);
  return tellAll(facts, script, told, turn);
}

/** Asked what else there is, a patient does not say how it is, nor what is only chat. */
export function answerForMore(script: Script, told: Disclosure, turn: number): Directed {
  const facts = free(script, told, turn).filter(
    (fact) => !fact.greeting && (fact.release !== 'volunteered' || isWeighty(fact, script, told)),
  );
  const [next] = facts;
  return next ? tellAll([next], script, told, turn) : directed('nothing-more', told);
}

/** Now and then it brings up something of its own. */
export function volunteer(script: Script, told: Disclosure, turn: number): Directed {
  if (endsCall(script, told)) return directed('acknowledgement', told);
  const chance = { open: 0.5, guarded: 0.2, evasive: 0.15 }[script.persona.disclosure];
  const [next] = untold(script, told, turn).filter((fact) => fact.release === 'volunteered');
  if (!next || !script.random.chance(chance)) return directed('acknowledgement', told);
  return tellAll([next], script, told, turn);
}

/** Who has said that it wants to go chats no more. */
function endsCall({ scenario: { reactions } }: Script, { triggerTurn }: Disclosure): boolean {
  return reactions.leavesWhenIgnored && triggerTurn !== undefined;
}

function free(script: Script, told: Disclosure, turn: number) {
  return untold(script, told, turn).filter(({ release }) => release !== 'asked directly');
}
