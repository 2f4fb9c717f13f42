import type { Fact } from '../../../scenarios/scenario.js';
import {
  directed,
  mayTell,
  tell,
  untold,
  type Directed,
  type Disclosure,
  type Moment,
  type Script,
} from './disclosure.js';
import { gistOf, lineOf, otherWording, shortened } from './fact-lines.js';
import { hasSpokenOfIt } from './trigger-matter.js';
import { byWeight, isWeighty } from './weight.js';

/** A question on what has come since asks for the later of two facts. */
const SINCE = /\b(?:since|recent(?:ly)?|lately|changed|any ?more|these days|come back)\b/i;

/** It is asked to hear the same, not more. */
const AGAIN = /\b(?:again|once more|repeat|spell|check|sure|right|correct)\b/i;

/** Of facts that all answer, the first that is still untold, else what was said last. */
export function answerFacts(
  facts: readonly Fact[],
  script: Script,
  told: Disclosure,
  moment: Moment,
): Directed {
  const { turn } = moment;
  const fresh = freshFact(facts, script, told, moment);
  if (fresh) {
    return deflects(fresh, script, told)
      ? deflect(told, turn)
      : tellAll([fresh], script, told, turn);
  }
  const before = facts.findLast((fact) => told.said[fact.id] !== undefined);
  const line = before && told.said[before.id];
  if (before && line !== undefined) {
    const other = otherWording(before, line);
    if (other !== undefined) return directed('facts', tell(before, other, told, turn), [other]);
    return directed('facts', told, [isWeighty(before, script, told) ? line : shortened(line)]);
  }
  return facts.length > 0 ? deflect(told, turn) : directed('unknown', told);
}

/** A fact once more, otherwise put than in this line, or its gist; who has said all of it says so. */
export function tellOnceMore(
  fact: Fact,
  line: string,
  told: Disclosure,
  { turn, agentText }: Moment,
): Directed {
  const other = otherWording(fact, line) ?? gistOf(line);
  if (other === line && !AGAIN.test(agentText)) return directed('nothing-more', told);
  return directed('facts', tell(fact, other, told, turn), [other]);
}

/** The weightiest first; yet who is to correct what it said says that before. */
function freshFact(facts: readonly Fact[], script: Script, told: Disclosure, moment: Moment) {
  const isFresh = (fact: Fact) => mayTell(fact, moment.turn) && told.said[fact.id] === undefined;
  const corrects = script.scenario.trigger.corrects && !hasSpokenOfIt(script, told);
  if (corrects) return facts.find(isFresh);
  const later = laterFact(facts, script, told, moment);
  return later ?? byWeight(facts, script, told).find(isFresh);
}

/** What has come since, of the same required item or the same matter. */
function laterFact(
  facts: readonly Fact[],
  script: Script,
  told: Disclosure,
  { agentText, turn }: Moment,
): Fact | undefined {
  if (!SINCE.test(agentText)) return undefined;
  const items = facts.flatMap(({ answers }) => answers);
  const since = untold(script, told, turn).filter(
    ({ answers, asked, topic = '' }) =>
      answers.some((item) => items.includes(item)) && SINCE.test([topic, ...asked].join(' ')),
  );
  return since.find((fact) => facts.includes(fact)) ?? since[0];
}

/** An evasive patient turns one question aside, once a call, and none on which anything hangs. */
function deflects(fact: Fact, script: Script, told: Disclosure): boolean {
  const { persona, random } = script;
  const out = told.triggerTurn !== undefined;
  const free = !out && fact.answers.length === 0 && !isWeighty(fact, script, told);
  return persona.disclosure === 'evasive' && !told.deflected && free && random.chance(0.4);
}

/** It is understood and not for now. */
export function deflect(told: Disclosure, turn: number): Directed {
  const missed = { turn, outcome: 'not-answered' as const };
  return directed('deflection', {
    ...told,
    deflected: true,
    mishearings: [...told.mishearings, missed],
  });
}

export function tellAll(
  facts: readonly Fact[],
  script: Script,
  told: Disclosure,
  turn: number,
): Directed {
  const lines = facts.map((fact) => lineOf(fact, script));
  const disclosure = facts.reduce(
    (known, fact, index) => tell(fact, lines[index] ?? fact.text, known, turn),
    told,
  );
  return directed('facts', disclosure, lines);
}
