import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { fingerprint } from '../../fingerprint.js';
import { loadPrompt, type PromptFile } from '../../models/prompt-file.js';
import { readText, readYaml } from '../../read-file.js';
import type { Scenario } from '../../scenarios/scenario.js';
import { PERSONA_AXES, type Persona } from './persona.js';
import { spokenDate } from './voice/spoken-date.js';

const words = z.string().min(1);

/** Every level of every axis in plain words. */
const mannerSchema = z.strictObject({
  personality: z.record(z.enum(PERSONA_AXES.personality), words),
  language: z.record(z.enum(PERSONA_AXES.language), words),
  recall: z.record(z.enum(PERSONA_AXES.recall), words),
  confusion: z.record(z.enum(PERSONA_AXES.confusion), words),
  disclosure: z.record(z.enum(PERSONA_AXES.disclosure), words),
  healthBelief: z.record(z.enum(PERSONA_AXES.healthBelief), words),
  channel: z.record(z.enum(PERSONA_AXES.channel), words),
});

/** The prompt of a patient by language model; its fingerprint covers the words for the persona too. */
export interface PatientPrompt extends PromptFile {
  readonly manner: z.infer<typeof mannerSchema>;
}

function promptPath(name: string): string {
  return fileURLToPath(new URL(`../../../datasets/patbot/prompts/${name}`, import.meta.url));
}

/** @throws MatrixError where the prompt or persona.yaml is not as it should be */
export function loadPatientPrompt(file = promptPath('patient.md')): PatientPrompt {
  const personaFile = promptPath('persona.yaml');
  const prompt = loadPrompt(file, ['who', 'english', 'manner']);
  return {
    ...prompt,
    fingerprint: fingerprint({ prompt: prompt.fingerprint, persona: readText(personaFile) }),
    manner: readYaml(personaFile, mannerSchema),
  };
}

/** @throws MatrixError where the prompt is not as it should be */
export function loadReviewPrompt(file = promptPath('patient-review.md')): PromptFile {
  return loadPrompt(file, ['mark']);
}

/** The system prompt: who speaks and how, and no fact that has to wait for its release. */
export function patientInstructions(
  prompt: PatientPrompt,
  scenario: Scenario,
  persona: Persona,
): string {
  return prompt.fill({
    who: whoSpeaks(scenario),
    english: prompt.manner.language[persona.language],
    manner: inWords(prompt.manner, persona),
  });
}

/**
 * Reason, history and drugs stay out, and of a relation all but its name: in most scenarios they say
 * what the ledger holds back.
 */
function whoSpeaks({ vignette, speaker }: Scenario): string {
  const { name, age, sex, dateOfBirth } = vignette;
  if (speaker.role === 'patient') {
    return `${name}, ${age}, ${sex}, born ${spokenDate(dateOfBirth, 'ordinal')}`;
  }
  const [relation] = speaker.relation?.split(/[,;]/) ?? [];
  const self = [speaker.name ?? speaker.role, relation].filter(Boolean).join(', ');
  // Who gives an identity of its own may not know whom the call is for.
  return speaker.identityReply ? self : `${self}, and speak for ${name}, ${age}, ${sex}`;
}

function inWords(manner: PatientPrompt['manner'], persona: Persona): string {
  return [
    manner.personality[persona.personality],
    manner.recall[persona.recall],
    manner.confusion[persona.confusion],
    manner.disclosure[persona.disclosure],
    manner.healthBelief[persona.healthBelief],
    manner.channel[persona.channel],
  ].join(' ');
}
