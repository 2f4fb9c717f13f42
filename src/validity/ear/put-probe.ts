import { NOTHING_TOLD, type Script } from '../../agents/patbot/director/disclosure.js';
import { direct } from '../../agents/patbot/director/director.js';
import type { EarKind } from '../../agents/patbot/ear/ear.js';
import { PERSONA_AXES, personaSchema, type Persona } from '../../agents/patbot/persona.js';
import type { PatientPhrases } from '../../agents/patbot/phrases.js';
import type { Direction } from '../../agents/patbot/patient.js';
import { createPatBot } from '../../agents/patbot/voice/patbot.js';
import type { CallRecorder } from '../../calls/call-recorder.js';
import { randomFrom } from '../../determinism.js';
import type { Scenario } from '../../scenarios/scenario.js';

/** Late enough for every fact of the schema to be told. */
const LATE = 60;
const TRIGGER_TURN = 2;

/** What the patient said to a probe, and as what it was directed. */
export interface ProbeAnswer {
  readonly text: string;
  readonly kind: Direction['kind'];
}

export interface ProbeOptions {
  readonly ear: EarKind;
  readonly phrases: PatientPhrases;
  readonly calls: CallRecorder;
  readonly signal: AbortSignal;
}

/**
 * Puts one agent turn to the rule-based patient in a fresh dialogue: plain persona, seed 1, the trigger
 * out and taken up, and every fact's earliest turn passed.
 */
export async function putProbe(
  scenario: Scenario,
  asks: string,
  { ear, phrases, calls, signal }: ProbeOptions,
): Promise<ProbeAnswer> {
  const persona = plainPersona(scenario);
  const random = (stream: string) => randomFrom(1, scenario.id, asks, stream);
  const script: Script = {
    scenario,
    wording: 'explicit',
    persona,
    triggerTurn: TRIGGER_TURN,
    random: random('director'),
  };
  const said = scenario.trigger.wordings.explicit.text;
  const hears = ear.open({ scenario, calls, seed: 1 });
  const heard = await hears.hear({ role: 'agent', text: asks }, { said }, signal);
  const told = { ...NOTHING_TOLD, triggerTurn: TRIGGER_TURN, taken: true };
  const { direction } = direct(script, told, { heard, agentText: asks, actions: [], turn: LATE });
  const patient = createPatBot({ scenario, persona, phrases, random: random('patient') });
  const text = await patient.speak(direction, [{ role: 'agent', text: asks }], signal);
  return { text: text ?? '', kind: direction.kind };
}

function plainPersona({ persona }: Scenario): Persona {
  const neutral = Object.entries(PERSONA_AXES).map(([axis, [level]]) => [axis, level]);
  return personaSchema.parse({ ...Object.fromEntries(neutral), ...persona });
}
