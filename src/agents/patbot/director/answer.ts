import type { Act } from '../ear/ear.js';
import type { Topic } from '../ear/topics.js';
import type { Fact, Scenario } from '../../../scenarios/scenario.js';
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
import { ANY_AGREEMENT } from '../ear/topics.js';
import { byRelease, furtherFacts } from './further-facts.js';
import { quotesTrigger } from './trigger-matter.js';
import { gistOf, lineOf, shortened } from './fact-lines.js';
import { heldBack, isStranger, vignetteAnswer, type VignettePart } from './vignette-answer.js';

/** While an agent does one of these a patient brings up nothing of its own. */
const URGENT: readonly Act[] = ['advises', 'escalates', 'hands-over', 'says-goodbye'];

/** What the patient says to what it was asked: one row of the table in docs/patient.md for each. */
export function answer(script: Script, told: Disclosure, moment: Moment): Directed {
  const { heard, turn } = moment;
  if (heard.acts.includes('asks-identity')) return directed('identity', told);
  if (!heard.understood) return answerQuote(script, told, moment) ?? askBack(told, turn);
  const check = checkAnswer(heard);
  const topic = topicAnswered(script, heard.topics);
  if (topic && !(check && isAnyAgreement(topic))) return answerTopic(topic, script, told, moment);
  if (heard.acts.includes('asks-openly')) return answerOpenly(script, told, turn);
  if (check ?? readsBackAlone(heard.acts)) return directed(check ?? 'read-back', told);
  if (heard.form !== undefined) return directed('unknown', told);
  const urgent = heard.acts.some((act) => URGENT.includes(act));
  return urgent ? directed('acknowledgement', told) : volunteer(script, told, turn);
}

/** How a recap is answered when it is asked whether it is right, or whether any of it is wrong. */
function checkAnswer({ acts }: Moment['heard']): 'read-back' | 'corrections' | undefined {
  if (acts.includes('asks-if-wrong')) return 'corrections';
  return acts.includes('asks-if-right') ? 'read-back' : undefined;
}

function isAnyAgreement({ kind, id }: Topic): boolean {
  return kind === ANY_AGREEMENT.kind && id === ANY_AGREEMENT.id;
}

/** Asked about the words of the trigger just said, in a way not understood: what belongs to them. */
function answerQuote(script: Script, told: Disclosure, moment: Moment): Directed | undefined {
  const { agentText, turn } = moment;
  if (told.triggerTurn !== turn - 2 || !quotesTrigger(script, agentText)) return undefined;
  const [next] = furtherFacts(script, told, turn);
  return next && tellFact(next, script, told, turn);
}

/** What is read back and followed by a question that nothing answers waits for that answer. */
function readsBackAlone(acts: readonly Act[]): boolean {
  return acts.includes('reads-back') && !acts.includes('asks-topic');
}

/** Asks back once; a second time in a row it says that it does not follow. */
function askBack(told: Disclosure, turn: number): Directed {
  const again = told.mishearings.some(
    (missed) => missed.outcome === 'not-understood' && missed.turn === turn - 2,
  );
  const missed = { turn, outcome: 'not-understood' as const };
  return directed(again ? 'not-following' : 'asking-back', {
    ...told,
    mishearings: [...told.mishearings, missed],
  });
}

/** Of several questions the clear-headed answer the first, others the last that they heard. */
function topicAnswered({ persona }: Script, topics: readonly Topic[]): Topic | undefined {
  const keepsUp = persona.confusion === 'normal' && persona.recall === 'high';
  return keepsUp ? topics[0] : topics.at(-1);
}

function answerTopic(topic: Topic, script: Script, told: Disclosure, moment: Moment): Directed {
  const { scenario } = script;
  switch (topic.kind) {
    case 'fact':
      return answerFacts(
        scenario.ledger.filter(({ id }) => id === topic.id),
        script,
        told,
        moment,
      );
    case 'item':
      return answerFacts(
        scenario.ledger.filter(({ answers }) => answers.includes(topic.id)),
        script,
        told,
        moment,
      );
    case 'vignette':
      return answerVignette(topic.id as VignettePart, script, told, moment);
    case 'recall':
      return answerRecall(Number(topic.id), script, told, moment);
    case 'trigger':
      return answerTrigger(script, told, moment);
    case 'denies': {
      const says = scenario.denies[Number(topic.id) - 1]?.says;
      return says === undefined ? directed('denial', told) : directed('facts', told, [says]);
    }
    case 'commitment':
      return agree(topic.id, script, told);
  }
}

/** Of facts that all answer, the first that is still untold, else what was said last. */
function answerFacts(
  facts: readonly Fact[],
  script: Script,
  told: Disclosure,
  { turn }: Moment,
): Directed {
  const fresh = facts.find((fact) => mayTell(fact, turn) && told.said[fact.id] === undefined);
  if (fresh)
    return deflects(fresh, script, told)
      ? deflect(told, turn)
      : tellFact(fresh, script, told, turn);
  const before = facts.findLast((fact) => told.said[fact.id] !== undefined);
  const line = before && told.said[before.id];
  if (before && line !== undefined) return directed('facts', told, [shortened(line)]);
  return facts.length > 0 ? deflect(told, turn) : directed('unknown', told);
}

function tellFact(fact: Fact, script: Script, told: Disclosure, turn: number): Directed {
  const line = lineOf(fact, script);
  return directed('facts', tell(fact, line, told, turn), [line]);
}

/** An evasive patient turns one question aside, once a call, and none that the clinic must have answered. */
function deflects(fact: Fact, { persona, random }: Script, told: Disclosure): boolean {
  const free = !fact.redFlag && fact.answers.length === 0;
  return persona.disclosure === 'evasive' && !told.deflected && free && random.chance(0.4);
}

/** It is understood and not for now. */
function deflect(told: Disclosure, turn: number): Directed {
  const missed = { turn, outcome: 'not-answered' as const };
  return directed('deflection', {
    ...told,
    deflected: true,
    mishearings: [...told.mishearings, missed],
  });
}

/** Who has an identity reply of its own gives that, whichever part of it is asked for. */
function answerVignette(
  part: VignettePart,
  { scenario }: Script,
  told: Disclosure,
  { agentText, turn }: Moment,
): Directed {
  const identifies = part === 'name' || part === 'born';
  if (identifies && scenario.speaker.identityReply) return directed('identity', told);
  if (heldBack(part, scenario, told, turn)) return deflect(told, turn);
  const line = vignetteAnswer(part, scenario, agentText);
  return line === undefined ? directed('unknown', told) : directed('facts', told, [line]);
}

/** One thing of the vignette, where whoever speaks knows it and the ledger does not keep it back. */
function answerRecall(
  number: number,
  { scenario }: Script,
  told: Disclosure,
  { turn }: Moment,
): Directed {
  const recall = scenario.recalls[number - 1];
  if (!recall || isStranger(scenario)) return directed('unknown', told);
  if (heldBack(recall.part, scenario, told, turn)) return deflect(told, turn);
  return directed('facts', told, [recall.says]);
}

/** Asked for again once it is out; before its turn the patient is not ready. */
function answerTrigger(
  { scenario, wording }: Script,
  told: Disclosure,
  { turn }: Moment,
): Directed {
  if (told.triggerTurn === undefined) return deflect(told, turn);
  return directed('facts', told, [gistOf(scenario.trigger.wordings[wording].text)]);
}

/** As the scenario says; where it says nothing of this, as such a patient would. */
function agree(id: string, { scenario }: Script, told: Disclosure): Directed {
  const disclosure = { ...told, asked: [...told.asked, id] };
  const commitment = scenario.commitments[Number(id) - 1];
  if (!commitment) return directed('agreement', disclosure);
  const again = told.asked.includes(id);
  return directed('facts', disclosure, [lineOfCommitment(commitment, again)]);
}

function lineOfCommitment(
  { says, then, stance }: Scenario['commitments'][number],
  again: boolean,
): string {
  return again && stance === 'hesitates' ? (then ?? says) : says;
}

/** An open question brings out what belongs to what was just said, else what need not be asked for directly; who likes to talk tells two things. */
function answerOpenly(script: Script, told: Disclosure, turn: number): Directed {
  const generous = script.persona.personality === 'verbose' ? 2 : 1;
  const further = furtherFacts(script, told, turn);
  const free = untold(script, told, turn).filter(({ release }) => release !== 'asked directly');
  const others = told.triggerTurn === turn - 2 ? [] : byRelease(free);
  const facts = [...new Set([...further, ...others])].slice(0, generous);
  if (facts.length === 0) return directed('nothing-more', told);
  return tellAll(facts, script, told, turn);
}

function volunteer(script: Script, told: Disclosure, turn: number): Directed {
  const chance = { open: 0.5, guarded: 0.2, evasive: 0.15 }[script.persona.disclosure];
  const [next] = untold(script, told, turn).filter((fact) => fact.release === 'volunteered');
  if (!next || !script.random.chance(chance)) return directed('acknowledgement', told);
  return tellAll([next], script, told, turn);
}

function tellAll(facts: readonly Fact[], script: Script, told: Disclosure, turn: number): Directed {
  const lines = facts.map((fact) => lineOf(fact, script));
  const disclosure = facts.reduce(
    (known, fact, index) => tell(fact, lines[index] ?? fact.text, known, turn),
    told,
  );
  return directed('facts', disclosure, lines);
}
