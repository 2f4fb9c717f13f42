import type { Direction, Patient } from '../patient.js';
import { speakerLine } from '../director/vignette-answer.js';
import { spokenDate } from './spoken-date.js';
import type { PatBotCast } from './cast.js';
import { inManner } from './manner.js';
import { createVoice, type Voice } from './voice.js';

/** The rule-based patient: says what the director directs, in the manner of its persona. */
export function createPatBot(cast: PatBotCast): Patient {
  const voice = createVoice(cast);
  const linesOf = createLines(cast, voice);
  let disclosed = false;
  return {
    speak: (direction) => {
      const core = linesOf(direction).join(' ');
      const said = inManner(core, direction, cast, voice, disclosed);
      disclosed = direction.kind === 'trigger';
      return Promise.resolve(said);
    },
  };
}

/**
 * What is said in a turn before any manner: small talk of that kind and the directed lines. One a
 * dialogue: who is asked again for an identity insists, and gives the bare name and date of birth, or
 * none where it has a reply of its own.
 */
export function createLines(
  cast: PatBotCast,
  voice: Voice = createVoice(cast),
): (direction: Direction) => string[] {
  let identified = false;
  return (direction) => {
    const { role, identityReply } = cast.scenario.speaker;
    if (role === 'voicemail' && identityReply !== undefined) {
      return messageOf(direction, identityReply);
    }
    const again = direction.kind === 'identity' && identified;
    identified ||= direction.kind === 'identity';
    const talk = again ? identityAgain(cast, voice) : smallTalk(direction, cast, voice);
    return [...(talk === undefined ? [] : [talk]), ...direction.lines];
  };
}

/** A machine has no small talk: where nothing of its message is directed it asks once more who rings. */
function messageOf({ kind, lines }: Direction, asksWhoRings: string): string[] {
  return kind === 'identity' || lines.length === 0 ? [asksWhoRings, ...lines] : [...lines];
}

/** Small talk that comes before any lines, by its key in the phrases. */
const PRELUDES = {
  either: 'eithers',
  unknown: 'unknowns',
  'asking-back': 'askingBack',
  'not-following': 'notFollowing',
  deflection: 'deflections',
  'nothing-more': 'nothingMore',
  'free-to-talk': 'freeToTalk',
  company: 'company',
  way: 'way',
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

function identityAgain({ scenario, phrases }: PatBotCast, voice: Voice): string {
  const { vignette, speaker } = scenario;
  const insists = voice.pick(phrases.insists);
  if (speaker.identityReply !== undefined) return insists;
  return `${insists} ${vignette.name}, ${spokenDate(vignette.dateOfBirth, 'ordinal')}.`;
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
