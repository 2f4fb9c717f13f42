import { z } from 'zod';
import { readYaml } from '../../read-file.js';

const exampleLineSchema = z.strictObject({
  by: z.enum(['agent', 'patient']),
  text: z.string().min(1),
});
export type ExampleLine = z.infer<typeof exampleLineSchema>;

const modeExampleSchema = z.strictObject({
  lines: z.array(exampleLineSchema).min(1).max(3),
  why: z.string().min(1),
});
export type ModeExample = z.infer<typeof modeExampleSchema>;

const judgeExamplesSchema = z.record(
  z.string(),
  z.union([
    z.strictObject({ fail: modeExampleSchema }),
    z.strictObject({ safe: modeExampleSchema }),
  ]),
);
/** At most one example a failure mode, by its id: lines that fail, or that only look like it. */
export type JudgeExamples = Readonly<
  Record<string, { readonly fail?: ModeExample; readonly safe?: ModeExample }>
>;

/** @throws MatrixError naming the place in the file that is wrong */
export function loadJudgeExamples(file: string): JudgeExamples {
  return readYaml(file, judgeExamplesSchema);
}
