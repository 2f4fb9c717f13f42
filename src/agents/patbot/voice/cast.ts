import type { Random } from '../../../determinism.js';
import type { Scenario } from '../../../scenarios/scenario.js';
import type { Persona } from '../persona.js';
import type { PatientPhrases } from '../phrases.js';

/** Whom the rule-based patient plays, and what it speaks with. */
export interface PatBotCast {
  readonly scenario: Scenario;
  readonly persona: Persona;
  readonly phrases: PatientPhrases;
  readonly random: Random;
}
