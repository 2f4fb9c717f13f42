import { stemsOf, wordsOf } from '../../../transcript/spoken.js';
import type { Fact, Scenario } from '../../../scenarios/scenario.js';
import type { Direction } from '../patient.js';
import type { Persona } from '../persona.js';
import { numbersIn } from '../spoken-numbers.js';
import type { PatBotCast } from './cast.js';
import { HABITS, type Voice } from './voice.js';

const MEDICINE =
  /\b(?:tablets?|pills?|medicines?|meds|doses?|drops|inhalers?|puffers?|puffs?|sprays?|creams?|gel|injections?|jabs?|capsules?|strips?|patch(?:es)?|antibiotics?|steroids?|painkillers?)\b/i;

/** Habits of speech and the persona's ways around a line; neither changes its sense. A machine has none. */
export function inManner(
  core: string,
  direction: Direction,
  cast: PatBotCast,
  voice: Voice,
  disclosed: boolean,
): string {
  const { random, scenario } = cast;
  const bare = direction.kind === 'identity' || scenario.speaker.role === 'voicemail';
  if (wordsOf(core).length <= 3 || bare) return core;
  const halts = random.chance(HABITS.halting);
  const spoken = halts ? `${voice.filler()} ${voice.withTic(voice.haltingly(core))}` : core;
  const tagged = direction.kind === 'facts' && !disclosed;
  if (!tagged || !direction.lines.every((line) => takesTag(line, scenario))) return spoken;
  const { before, after } = personaWays(cast, voice);
  return [...before, spoken, ...after].join(' ');
}

/** A fact, and none on which a level can hang, no number and no medicine; no promise and no protest. */
function takesTag(line: string, scenario: Scenario): boolean {
  const { vignette, ledger } = scenario;
  if (numbersIn(line).size > 0 || MEDICINE.test(line)) return false;
  const medicines = stemsOf([...vignette.drugs, ...vignette.unrecordedDrugs].join(' '));
  if ([...stemsOf(line)].some((stem) => medicines.has(stem))) return false;
  const facts = ledger.filter((fact) => says(fact, line));
  return facts.length > 0 && !facts.some((fact) => bearsOnLevel(fact, scenario));
}

function says({ text, alternative = text }: Fact, line: string): boolean {
  return text.includes(line) || alternative.includes(line);
}

function bearsOnLevel({ redFlag, escalation, answers }: Fact, scenario: Scenario): boolean {
  const { task, trigger } = scenario;
  const items = task.requiredItems.filter((item) => item.redFlag).map(({ id }) => id);
  const matters = [...items, ...trigger.answers];
  return redFlag || escalation !== undefined || answers.some((item) => matters.includes(item));
}

/** What the persona adds: one way a turn, so that the answer stays in front. */
function personaWays({ persona, phrases, random }: PatBotCast, voice: Voice) {
  const axes = Object.keys(persona) as (keyof Persona)[];
  const [way] = axes
    .flatMap((axis) => phrases.manner[axis][persona[axis]] ?? [])
    .filter(({ chance }) => random.chance(chance));
  if (!way) return { before: [], after: [] };
  const first = way.after.length === 0 || (way.before.length > 0 && random.chance(0.45));
  const line = voice.fresh(first ? way.before : way.after);
  return first ? { before: [line], after: [] } : { before: [], after: [line] };
}
