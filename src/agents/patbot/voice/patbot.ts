import type { Random } from '../../../determinism.js';
import type { Scenario } from '../../../scenarios/scenario.js';
import { wordsOf } from '../../../transcript/spoken.js';
import type { Direction, Patient } from '../patient.js';
import type { Persona } from '../persona.js';
import type { PatientPhrases } from '../phrases.js';
import { spokenDate } from './spoken-date.js';
import { createVoice, HABITS, type Voice } from './voice.js';

export interface PatBotCast {
  readonly scenario: Scenario;
  readonly persona: Persona;
  readonly phrases: PatientPhrases;
  readonly random: Random;
}

/** The rule-based patient: says what the director directs, in the manner of its persona. */
export function createPatBot(cast: PatBotCast): Patient {
  const voice = createVoice(cast);
  const coreOf = createCoreLine(cast, voice);
  return {
    speak: (direction) => Promise.resolve(inManner(coreOf(direction), direction, cast, voice)),
  };
}

/**
 * What is said in a turn before any manner: the directed lines, or the patient's small talk of that
 * kind. One a dialogue: who has given an identity of its own only insists when asked again.
 */
export function createCoreLine(
  cast: PatBotCast,
  voice: Voice = createVoice(cast),
): (direction: Direction) => string {
  let identified = false;
  return (direction) => {
    const own = cast.scenario.speaker.identityReply;
    const again = direction.kind === 'identity' && own !== undefined && identified;
    identified ||= direction.kind === 'identity';
    return again ? voice.pick(cast.phrases.insists) : coreLine(direction, cast, voice);
  };
}

function coreLine(direction: Direction, cast: PatBotCast, voice: Voice): string {
  const { phrases } = cast;
  if (direction.lines.length > 0) return direction.lines.join(' ');
  switch (direction.kind) {
    case 'identity':
      return cast.scenario.speaker.identityReply ?? identityLine(cast);
    case 'deflection':
      return voice.fresh(phrases.deflections);
    case 'denial':
      return voice.usual(phrases.denials);
    case 'farewell':
      return voice.pick(direction.leaves ? phrases.hangingUp : phrases.farewells);
    default:
      return voice.usual(phrases.acknowledgements);
  }
}

function identityLine({ scenario, phrases, random }: PatBotCast): string {
  const { name, dateOfBirth } = scenario.vignette;
  return random
    .pick(phrases.identity)
    .replace('{name}', name)
    .replace('{born}', spokenDate(dateOfBirth, random.pick(['ordinal', 'plain'])));
}

/** The habits of speech and the persona's ways around a line that must be said as it is. */
function inManner(core: string, direction: Direction, cast: PatBotCast, voice: Voice): string {
  const { random } = cast;
  if (wordsOf(core).length <= 3 || direction.kind === 'identity') return core;
  const filler = random.chance(HABITS.filler) ? [voice.filler()] : [];
  const spoken = voice.withTic(voice.haltingly(core));
  if (direction.kind !== 'facts') return [...filler, spoken].join(' ');
  const yes = random.chance(HABITS.yes) ? ['Yeah.'] : [];
  const { before, after } = personaWays(cast, voice);
  return [...before, ...filler, ...yes, spoken, ...after].join(' ');
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
