import type { Random } from '../../../determinism.js';
import type { Scenario } from '../../../scenarios/scenario.js';
import { wordsOf } from '../../../transcript/spoken.js';
import type { Direction, Patient } from '../patient.js';
import type { Persona } from '../persona.js';
import type { PatientPhrases } from '../phrases.js';
import { speakerLine } from '../director/vignette-answer.js';
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
  const linesOf = createLines(cast, voice);
  return {
    speak: (direction) => {
      const core = linesOf(direction).join(' ');
      return Promise.resolve(inManner(core, direction, cast, voice));
    },
  };
}

/**
 * What is said in a turn before any manner: small talk of that kind and the directed lines. One a
 * dialogue: who has given an identity of its own only insists when asked again.
 */
export function createLines(
  cast: PatBotCast,
  voice: Voice = createVoice(cast),
): (direction: Direction) => string[] {
  let identified = false;
  return (direction) => {
    const own = cast.scenario.speaker.identityReply;
    const again = direction.kind === 'identity' && own !== undefined && identified;
    identified ||= direction.kind === 'identity';
    const talk = again ? voice.pick(cast.phrases.insists) : smallTalk(direction, cast, voice);
    return [...(talk === undefined ? [] : [talk]), ...direction.lines];
  };
}

/** Small talk that comes before any lines, by its key in the phrases. */
const PRELUDES = {
  unknown: 'unknowns',
  'asking-back': 'askingBack',
  'not-following': 'notFollowing',
  deflection: 'deflections',
  'nothing-more': 'nothingMore',
  'read-back': 'readBack',
  corrections: 'corrections',
} as const;

/** Undefined where the lines say all. */
function smallTalk(direction: Direction, cast: PatBotCast, voice: Voice): string | undefined {
  const { phrases, persona } = cast;
  const { kind } = direction;
  switch (kind) {
    case 'facts':
    case 'trigger':
      return undefined;
    case 'identity':
      return cast.scenario.speaker.identityReply ?? identityLine(cast);
    case 'agreement':
      return voice.always(phrases.agreements[persona.personality]);
    case 'denial':
      return voice.usual(phrases.denials);
    case 'farewell':
    case 'acknowledgement':
      return direction.lines.length > 0 ? undefined : aloneLine(direction, cast, voice);
    default:
      return voice.fresh(phrases[PRELUDES[kind]]);
  }
}

function aloneLine({ kind, leaves }: Direction, { phrases }: PatBotCast, voice: Voice): string {
  if (kind === 'acknowledgement') return voice.usual(phrases.acknowledgements);
  return voice.pick(leaves ? phrases.hangingUp : phrases.farewells);
}

/** Who speaks for somebody says so. */
function identityLine({ scenario, phrases, random }: PatBotCast): string {
  const { vignette, speaker } = scenario;
  const { name, dateOfBirth } = vignette;
  return random
    .pick(speaker.role === 'patient' ? phrases.identity : phrases.speaksFor)
    .replace('{speaker}', speakerLine(scenario))
    .replace('{name}', name)
    .replace('{born}', spokenDate(dateOfBirth, random.pick(['ordinal', 'plain'])));
}

/** Habits of speech and the persona's ways around a line; neither changes its sense. */
function inManner(core: string, direction: Direction, cast: PatBotCast, voice: Voice): string {
  const { random } = cast;
  if (wordsOf(core).length <= 3 || direction.kind === 'identity') return core;
  const halts = random.chance(HABITS.halting);
  const spoken = halts ? `${voice.filler()} ${voice.withTic(voice.haltingly(core))}` : core;
  if (direction.kind !== 'facts') return spoken;
  const { before, after } = personaWays(cast, voice);
  return [...before, spoken, ...after].join(' ');
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
