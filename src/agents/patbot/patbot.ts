import type { Random } from '../../determinism.js';
import type { Scenario } from '../../scenarios/scenario.js';
import type { Direction, Patient } from './patient.js';
import type { Persona } from './persona.js';
import type { PatientPhrases } from './phrases.js';
import { spokenDate } from './spoken-date.js';

export interface PatBotCast {
  readonly scenario: Scenario;
  readonly persona: Persona;
  readonly phrases: PatientPhrases;
  readonly random: Random;
}

/** The rule-based patient: says what the director directs, in the manner of its persona. */
export function createPatBot(cast: PatBotCast): Patient {
  const recent: string[] = [];
  return {
    speak: (direction) => {
      const core = coreLines(direction, cast, recent);
      const spoken = withManner(core, direction, cast, recent);
      return Promise.resolve(overChannel(spoken, cast));
    },
  };
}

/** A line that was not used in the last few turns, so that a patient does not sound like a loop. */
function fresh(lines: readonly string[], random: Random, recent: string[]): string {
  const unused = lines.filter((line) => !recent.includes(line));
  const line = random.pick(unused.length > 0 ? unused : lines);
  recent.push(line);
  if (recent.length > 8) recent.shift();
  return line;
}

function coreLines(direction: Direction, cast: PatBotCast, recent: string[]): string {
  const { phrases, random } = cast;
  if (direction.lines.length > 0) return direction.lines.join(' ');
  switch (direction.kind) {
    case 'identity':
      return identityLine(cast, recent);
    case 'deflection':
      return fresh(phrases.deflections, random, recent);
    case 'denial':
      return fresh(phrases.denials, random, recent);
    case 'farewell':
      return fresh(direction.leaves ? phrases.hangingUp : phrases.farewells, random, recent);
    default:
      return fresh(phrases.acknowledgements, random, recent);
  }
}

function identityLine({ scenario, phrases, random }: PatBotCast, recent: string[]): string {
  const own = scenario.speaker.identityReply;
  if (own !== undefined)
    return recent.includes(own) ? random.pick(phrases.insists) : fresh([own], random, recent);
  const { name, dateOfBirth } = scenario.vignette;
  return random
    .pick(phrases.identity)
    .replace('{name}', name)
    .replace('{born}', spokenDate(dateOfBirth, random.pick(['ordinal', 'plain'])));
}

function withManner(
  core: string,
  direction: Direction,
  cast: PatBotCast,
  recent: string[],
): string {
  const { persona, phrases, random } = cast;
  const manner = phrases.personality[persona.personality];
  const chatty = direction.kind === 'facts' || direction.kind === 'denial';
  const before = (lines: readonly string[], chance: number) =>
    lines.length > 0 && random.chance(chance) ? `${fresh(lines, random, recent)} ` : '';
  const after = (lines: readonly string[], chance: number) =>
    lines.length > 0 && random.chance(chance) ? ` ${fresh(lines, random, recent)}` : '';
  if (!chatty) return before(phrases.fillers, 0.12) + core;
  return (
    before(
      phrases.confused,
      persona.confusion === 'high' ? 0.22 : persona.confusion === 'moderate' ? 0.1 : 0,
    ) +
    before(phrases.secondLanguage, persona.language === 'A' ? 0.12 : 0) +
    before(manner.before, 0.18) +
    before(phrases.fillers, persona.language === 'C' ? 0.15 : 0.28) +
    core +
    after(phrases.lowRecall, persona.recall === 'low' ? 0.15 : 0) +
    after(beliefLines(cast), 0.06) +
    after(manner.after, persona.personality === 'plain' ? 0 : 0.22)
  );
}

function beliefLines({ persona, phrases }: PatBotCast): readonly string[] {
  if (persona.healthBelief === 'accurate') return [];
  return persona.healthBelief === 'mild-myth' ? phrases.myths : phrases.falseBeliefs;
}

function overChannel(text: string, { persona, phrases, random }: PatBotCast): string {
  if (persona.channel === 'clean' || !random.chance(0.12)) return text;
  return `${random.pick(phrases.noisy)} ${text}`;
}
