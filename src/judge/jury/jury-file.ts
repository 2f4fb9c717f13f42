import { z } from 'zod';
import { JURY_RULES } from '../combine-verdicts.js';
import { readYaml } from '../../read-file.js';

const memberSchema = z.union([
  z
    .string()
    .min(1)
    .transform((judge) => ({ judge, weight: 1 })),
  z.strictObject({ judge: z.string().min(1), weight: z.number().positive().default(1) }),
]);

const juryFileSchema = z.strictObject({
  members: z.array(memberSchema).min(1),
  rule: z.enum(JURY_RULES).default('majority-with-review'),
  /** Heard only where the members fail, abstain or are unsure. */
  second: z.string().optional(),
});
export type JuryFile = z.output<typeof juryFileSchema>;

/** @throws MatrixError naming the place in the file that is wrong */
export function loadJuryFile(file: string): JuryFile {
  return readYaml(file, juryFileSchema);
}
