import { z } from 'zod';
import { readYaml } from '../../read-file.js';
import { likelihoodBandsSchema } from '../../taxonomy/likelihood-bands.js';
import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';
import { severitySchema, type Severity } from '../../taxonomy/severity.js';
import { unknownReference } from '../../taxonomy/unknown-reference.js';

const proportion = z.number().min(0).max(1);
const text = z.string().trim().min(1);

/** The kinds of control that DCB0129 asks for, in the order of its log. */
export const CONTROL_KINDS = ['design', 'testing', 'training', 'process'] as const;

const hazardInputSchema = z
  .strictObject({
    /** Share of calls in which the situation arises, 0 to 1. */
    exposure: proportion.optional(),
    /** P(harm | failure), 0 to 1: one for all severities, or each its own. */
    harmGivenFailure: z.union([proportion, z.partialRecord(severitySchema, proportion)]).optional(),
    rationale: text.optional(),
    impact: text.optional(),
    causes: text.optional(),
    existingControls: text.optional(),
    additionalControls: z.partialRecord(z.enum(CONTROL_KINDS), text).default({}),
    actions: z
      .array(z.strictObject({ summary: text, owner: text.optional(), due: text.optional() }))
      .default([]),
    owner: text.optional(),
    status: z.enum(['Open', 'Transferred', 'Closed']).default('Open'),
    /** The deployer who accepted a transferred hazard. */
    transferredTo: text.optional(),
  })
  .refine(
    ({ exposure, harmGivenFailure, rationale }) =>
      (exposure === undefined && harmGivenFailure === undefined) || rationale !== undefined,
    'exposure and harmGivenFailure need a rationale',
  )
  .refine(
    ({ status, transferredTo }) => status !== 'Transferred' || transferredTo !== undefined,
    'a Transferred hazard needs transferredTo: who accepted it',
  );
export type HazardInput = z.infer<typeof hazardInputSchema>;

const inputsSchema = z.strictObject({
  system: text.optional(),
  intendedUse: text.optional(),
  exclusions: text.optional(),
  hours: text.optional(),
  manufacturer: text.optional(),
  identifiedBy: text.optional(),
  acceptanceCriteria: text.optional(),
  newRunTriggers: text.optional(),
  safetyOfficer: z.strictObject({ name: text, registration: text.optional() }).optional(),
  /** Calls that the agent is expected to take in a year. */
  callsAYear: z.number().positive().optional(),
  bands: likelihoodBandsSchema.optional(),
  hazards: z.record(z.string(), hazardInputSchema).default({}),
});

/** What only people know of a system: entered by its Clinical Safety Officer. */
export type Inputs = z.infer<typeof inputsSchema>;

export const NO_INPUTS: Inputs = { hazards: {} };

/** @throws MatrixError naming the place that is wrong, a hazard that the taxonomy lacks included */
export function readInputs(file: string, { hazards }: Taxonomy): Inputs {
  const inputs = readYaml(file, inputsSchema);
  const known = hazards.map(({ id }) => id);
  const stranger = Object.keys(inputs.hazards).find((id) => !known.includes(id));
  if (stranger === undefined) return inputs;
  const mend = 'Name a hazard of the taxonomy: matrix-sim taxonomy list.';
  throw unknownReference(`${file}, hazards`, 'hazard', stranger, known, mend);
}

/** P(harm | failure) at one severity; undefined where nobody gave it. */
export function harmGivenFailure(
  { harmGivenFailure: given }: Partial<HazardInput>,
  severity: Severity,
): number | undefined {
  return typeof given === 'object' ? given[severity] : given;
}
