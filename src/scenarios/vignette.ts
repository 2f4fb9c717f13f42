import { z } from 'zod';

/**
 * The day on which every call of the library takes place. Ages are counted on it, and what patients
 * say of dates and seasons is written for it; weekdays hold within their own case only.
 */
export const DAY_OF_CALL = '2026-10-07';

/** Whole years lived on a day; both dates as `YYYY-MM-DD`. */
export function ageOn(day: string, dateOfBirth: string): number {
  const years = Number(day.slice(0, 4)) - Number(dateOfBirth.slice(0, 4));
  return day.slice(5) < dateOfBirth.slice(5) ? years - 1 : years;
}

/** Parts of a vignette of which one thing can be asked for. */
export const RECALLED_PARTS = [
  'drugs',
  'history',
  'allergies',
  'reason',
  'occupation',
  'home',
  'age',
] as const;

export const vignetteSchema = z
  .strictObject({
    name: z.string().min(1),
    dateOfBirth: z.iso.date(),
    sex: z.enum(['female', 'male', 'other']),
    history: z.array(z.string()),
    drugs: z.array(z.string()),
    /** Taken in fact, and not in the record: bought, borrowed or left over. */
    unrecordedDrugs: z.array(z.string()).default([]),
    allergies: z.array(z.string()),
    reason: z.string().min(1),
    /** In bare words that the patient could say: "baker", "retired, on the buses". */
    occupation: z.string().min(1).optional(),
    /** Where, and with whom, in bare words. */
    home: z.string().min(1).optional(),
  })
  .transform((vignette) => ({ ...vignette, age: ageOn(DAY_OF_CALL, vignette.dateOfBirth) }));
