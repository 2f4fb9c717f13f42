import { z } from 'zod';
import { readYaml } from '../../read-file.js';
import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';
import { layersBoundToIds } from '../../taxonomy/taxonomy-folder.js';
import { assertKnownFiles } from '../known-files.js';
import { unknownReference } from '../../taxonomy/unknown-reference.js';

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

/**
 * The examples that belong to a taxonomy; an extension's of a mode replaces the package's.
 * @throws MatrixError naming the place in the file that is wrong, or a mode that is not there
 */
export function loadJudgeExamples(taxonomy: Taxonomy): JudgeExamples {
  assertKnownFiles(taxonomy, 'judge', ['judge/examples.yaml']);
  const layers = layersBoundToIds(taxonomy, 'judge/examples.yaml').map((file) => {
    const examples = readYaml(file, judgeExamplesSchema);
    const stranger = Object.keys(examples).find((id) => !taxonomy.modes.has(id));
    if (stranger === undefined) return examples;
    throw unknownReference(file, 'failure mode', stranger, taxonomy.modes.keys(), MEND);
  });
  return Object.assign({}, ...layers) as JudgeExamples;
}

const MEND = 'Put an example under the id of a mode, as H01-F2.';
