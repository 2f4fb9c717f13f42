import type { Act } from '../ear/ear.js';
import type { Topic } from '../ear/topics.js';
import { isAnyAgreement } from '../ear/topics.js';
import { answerCue } from './answer-cue.js';
import { asksHelp, asksWhoItIs, topicsBeside, withHelp } from './answer-help.js';
import { asksSituation } from './answer-situation.js';
import { answerItem } from './answer-item.js';
import { answerOpenly, volunteer } from './answer-openly.js';
import { answerSymptoms, asksOfSymptoms } from './answer-symptoms.js';
import { agree } from './commit.js';
import {
  directed,
  type Directed,
  type Disclosure,
  type Moment,
  type Script,
} from './disclosure.js';
import { gistOf } from './fact-lines.js';
import { furtherFacts } from './further-facts.js';
import { answerFacts, deflect, tellAll } from './tell-facts.js';
import { quotesTrigger } from './trigger-matter.js';
import { heldBack, isStranger, vignetteAnswer, type VignettePart } from './vignette-answer.js';
import { isWeightyTopic } from './weight.js';

/** While an agent does one of these a patient brings up nothing of its own. */
const URGENT: readonly Act[] = ['advises', 'escalates', 'hands-over', 'says-goodbye'];

/** What the patient says to what it was asked: one row of the table in docs/patient.md for each. */
export function answer(script: Script, told: Disclosure, moment: Moment): Directed {
  const { heard, turn } = moment;
  if (asksIdentity(moment)) return directed('identity', told);
  const cued = answerCue(script, told, moment);
  if (cued) return cued;
  if (!heard.understood) return answerQuote(script, told, moment) ?? askBack(told, turn);
  const check = checkAnswer(heard);
  const topics = topicsAnswered(script, told, moment);
  if (topics.some((topic) => !(check && isAnyAgreement(topic)))) {
    return withHelp(answerTopics(topics, script, told, moment), script, moment);
  }
  if (heard.acts.includes('asks-openly')) return answerOpenly(script, told, turn);
  const urgent = heard.acts.some((act) => URGENT.includes(act));
  const recap = check ?? (readsBackAlone(heard.acts) && !urgent ? 'read-back' : undefined);
  if (recap) return directed(recap, told);
  if (heard.form !== undefined) return directed('unknown', told);
  return urgent ? directed('acknowledgement', told) : volunteer(script, told, turn);
}

/** "Is there somebody with you that I can speak to?" alone asks for nobody's name. */
function asksIdentity(moment: Moment): boolean {
  const { acts } = moment.heard;
  if (!acts.includes('asks-identity')) return saysThatItNeedsIdentity(moment);
  return !asksSituation(acts) || asksWhoItIs(moment);
}

const NAME_AND_BIRTH = /\bname\b.*\b(?:date of birth|birthday|born)\b/i;

/** "Can I check I've got the right person? I'll need your name and date of birth.": an agreement is no answer to that. */
function saysThatItNeedsIdentity({ heard: { acts, topics }, agentText }: Moment): boolean {
  const agrees = topics.length > 0 && topics.every(({ kind }) => kind === 'commitment');
  return agrees && !acts.includes('reads-back') && NAME_AND_BIRTH.test(agentText);
}

/** How a recap is answered when it is asked whether it is right, or whether any of it is wrong. */
function checkAnswer({ acts }: Moment['heard']): 'read-back' | 'corrections' | undefined {
  if (acts.includes('asks-if-wrong')) return 'corrections';
  return acts.includes('asks-if-right') ? 'read-back' : undefined;
}

/** Asked about the words of the trigger just said, in a way not understood: what belongs to them. */
function answerQuote(script: Script, told: Disclosure, moment: Moment): Directed | undefined {
  const { agentText, turn } = moment;
  if (told.triggerTurn !== turn - 2 || !quotesTrigger(script, agentText)) return undefined;
  const [next] = furtherFacts(script, told, turn);
  return next && tellAll([next], script, told, turn);
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

/**
 * Of several questions those that are answered: two on the patient's situation or on which the level can hang, else the first, or
 * the last where the patient does not keep up.
 */
function topicsAnswered(script: Script, told: Disclosure, moment: Moment): Topic[] {
  const { topics, acts } = moment.heard;
  if (asksHelp(moment)) return topicsBeside(moment).slice(0, 2);
  if (asksSituation(acts)) return topics.slice(0, 2);
  const weighty = topics.filter((topic) => isWeightyTopic(topic, script, told));
  if (weighty.length > 0) return weighty.slice(0, 2);
  const { confusion, recall } = script.persona;
  const keepsUp = confusion === 'normal' && recall === 'high';
  return keepsUp ? topics.slice(0, 1) : topics.slice(-1);
}

/** A second answer is added where it tells something. */
function answerTopics(
  [topic, second]: readonly Topic[],
  script: Script,
  told: Disclosure,
  moment: Moment,
): Directed {
  if (!topic) return directed('unknown', told);
  const first = answerTopic(topic, script, told, moment, second);
  const next = second && answerTopic(second, script, first.disclosure, moment);
  const { kind, lines } = first.direction;
  if (kind !== 'facts' || next?.direction.kind !== 'facts') return first;
  return directed('facts', next.disclosure, [...new Set([...lines, ...next.direction.lines])]);
}

/** @param beside asked for in the same turn: answered by itself, not by the item that it belongs to */
function answerTopic(
  topic: Topic,
  script: Script,
  told: Disclosure,
  moment: Moment,
  beside?: Topic,
): Directed {
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
      return answerItem(
        scenario.ledger.filter(
          ({ id, answers }) =>
            answers.includes(topic.id) && !(beside?.kind === 'fact' && beside.id === id),
        ),
        script,
        told,
        moment,
      );
    case 'vignette':
      if (topic.id === 'history' && asksOfSymptoms(moment)) {
        return answerSymptoms(script, told, moment);
      }
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
      return agree(topic.id, script, told, moment.agentText);
  }
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
