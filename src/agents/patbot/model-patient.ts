import { cueTexts } from '../../scenarios/scenario.js';
import type { ChatModel } from '../../models/chat-model.js';
import type { PatBotCast } from './voice/cast.js';
import { createLines } from './voice/patbot.js';
import { flawOf, type Flaw } from './patient-checks.js';
import { patientMessages, type Asked } from './patient-messages.js';
import { patientInstructions, type PatientPrompt } from './patient-prompt.js';
import type { Direction, Patient } from './patient.js';
import type { Said } from './said.js';

export interface ModelPatientCast extends PatBotCast {
  readonly model: ChatModel;
  readonly prompt: PatientPrompt;
  /** Sampling seed of a first try; each further try of a turn takes the next one. */
  readonly seed: number;
  /** The trigger in the wording that this dialogue plays. */
  readonly triggerWording: string;
}

/** Times that a turn is asked for before the patient fails. */
const TRIES = 3;

/** Share of turns in which the persona's manner shows. */
const IN_MANNER = 1 / 3;

/**
 * The patient by language model: the director's lines in the model's words. The model learns of a
 * fact with the line that says it, never before. Identity and small talk alone need no model. An answer
 * with a flaw is asked for again; `speak` rejects with an Error that names the flaw's kind where the
 * last try has one too.
 */
export function createModelPatient(cast: ModelPatientCast): Patient {
  const { scenario, persona } = cast;
  let { triggerWording } = cast;
  const instructions = patientInstructions(cast.prompt, scenario, persona);
  const linesOf = createLines(cast);
  const told: string[] = [];
  return {
    speak: (direction, turns, signal) => {
      const lines = linesOf(direction);
      if (isSmallTalk(direction)) return Promise.resolve(lines.join(' '));
      told.push(...direction.lines);
      const cue = cueTexts(scenario).find((text) => direction.lines.includes(text));
      triggerWording = cue ?? triggerWording;
      const inManner = cast.random.chance(IN_MANNER);
      const asked = { instructions, direction, lines, told, turns, triggerWording, inManner };
      return sayWithoutFlaw(cast, { ...asked, scenario, persona }, signal);
    },
  };
}

/** Whether a read-back is right is not small talk. */
function isSmallTalk({ kind, lines }: Direction): boolean {
  return lines.length === 0 && kind !== 'read-back' && kind !== 'corrections';
}

async function sayWithoutFlaw(
  { model, seed }: ModelPatientCast,
  wanted: Omit<Said, 'text'> & Omit<Asked, 'flaw'>,
  signal: AbortSignal,
): Promise<string> {
  let flaw: Flaw | undefined;
  for (let further = 0; further < TRIES; further += 1) {
    const messages = patientMessages({ ...wanted, flaw: flaw?.text });
    const { text, finish } = await model.complete({ messages, seed: seed + further }, signal);
    const spoken = spokenPart(text);
    flaw =
      finish === 'complete'
        ? flawOf({ ...wanted, text: spoken })
        : { kind: finish, text: `it came out ${finish}.` };
    if (flaw === undefined) return spoken;
  }
  // No word of the dialogue: it is printed, and dialogues are counted by it.
  throw new Error(
    `the patient (${model.name}) gave no fit answer in ${TRIES} tries; the last was flawed by "${flaw?.kind ?? ''}"`,
  );
}

/** Without the quotation marks, bullet and line breaks that models put around speech. */
function spokenPart(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim().replace(/^- /, '');
  return line.replace(/^["“](.*)["”]$/, '$1').trim();
}
