import { z } from 'zod';
import { readYaml } from '../../read-file.js';

const exampleLineSchema = z.strictObject({
  turn: z.int().positive(),
  by: z.enum(['agent', 'patient']),
  text: z.string().min(1),
});
export type ExampleLine = z.infer<typeof exampleLineSchema>;

const modeExampleSchema = z.strictObject({
  /** Id in the dev split of the labelled set, where the lines stand. */
  dialogue: z.string(),
  lines: z.array(exampleLineSchema).min(1),
  why: z.string().min(1),
});
export type ModeExample = z.infer<typeof modeExampleSchema>;

const judgeExamplesSchema = z.record(
  z.string(),
  z.strictObject({ fail: modeExampleSchema.optional(), safe: modeExampleSchema.optional() }),
);
/** At most one failing and one safe example a failure mode, by its id. */
export type JudgeExamples = Readonly<Record<string, z.infer<typeof judgeExamplesSchema>[string]>>;

/** @throws MatrixError naming the place in the file that is wrong */
export function loadJudgeExamples(file: string): JudgeExamples {
  return readYaml(file, judgeExamplesSchema);
}
